package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.model.fuzz.SafetensorsMutation;
import org.sqltune.model.parity.PythonScript;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Of a few thousand damaged files, those are read here that the reference reads, and the same is found in them. See {@link
 * PythonScript} for what it needs.
 */
@Tag("heavy")
class ReferenceAgreesTest {
    private static final int FILES = 5000;

    /** What is refused here alone, beside repeated names: what no tensor has. */
    private static final String STRICTER = ".*(more than 64 numbers|can't lie at \\[(\\d+), \\2\\]).*";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The format's description forbids repeated names; the reference takes the last. */
    private static final ObjectMapper WITHOUT_REPETITION = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    @Provide
    Arbitrary<List<SafetensorsMutation>> mutations() {
        return SafetensorsMutation.any().list().ofSize(FILES);
    }

    @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theReferenceReadsWhatIsReadHere(@ForAll("mutations") List<SafetensorsMutation> mutations) throws Exception {
        Path folder = Files.createTempDirectory("fuzzed");
        try (Torch torch = Torch.cpu()) {
            Path files = Files.createDirectory(folder.resolve("files"));
            for (int i = 0; i < mutations.size(); i++) {
                Files.write(files.resolve("file" + i), mutations.get(i).apply(SafetensorsFuzzTest.ORIGINAL));
            }
            new PythonScript("read_safetensors.py").run(files, folder.resolve("result.json"));
            JsonNode reference = JSON.readTree(folder.resolve("result.json").toFile());
            assertThat(reference).hasSize(FILES);
            int read = 0;
            for (int i = 0; i < FILES; i++) {
                read += compare(torch, files.resolve("file" + i), reference.path("file" + i)) ? 1 : 0;
            }
            assertThat(read).as("files that are read").isBetween(FILES / 50, FILES / 2);
        } finally {
            AtomicFiles.deleteRecursively(folder);
        }
    }

    /** Whether the file is read here, as the reference then must too. */
    private static boolean compare(Torch torch, Path file, JsonNode expected) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            // Half a character: Java's strings may hold it, Rust's can't.
            if (!content.contains("\\ud800")) {
                assertThat(expected).as(content).isEqualTo(found(torch, reader));
            }
            return true;
        } catch (SqlTuneException e) {
            if (!String.valueOf(e.getMessage()).matches(STRICTER) && !repeatsAName(file)) {
                assertThat(expected.isTextual())
                        .as("%s%n%s", e.getMessage(), content)
                        .isTrue();
            }
            return false;
        }
    }

    private static boolean repeatsAName(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            WITHOUT_REPETITION.readTree(bytes, 8, bytes.length - 8);
            return false;
        } catch (JsonProcessingException e) {
            return e.getOriginalMessage().startsWith("Duplicate field");
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static ObjectNode found(Torch torch, SafetensorsReader reader) throws IOException {
        ObjectNode found = JSON.createObjectNode();
        for (String name : reader.names()) {
            TensorInfo info = Objects.requireNonNull(reader.info(name));
            found.set(
                    name, JSON.valueToTree(List.of(info.storedType().name(), info.shape(), hex(torch, reader, info))));
        }
        return (ObjectNode) JSON.readTree(found.toString());
    }

    private static String hex(Torch torch, SafetensorsReader reader, TensorInfo info) throws IOException {
        if (info.storedType().elementType().isEmpty()) {
            byte[] all = Files.readAllBytes(info.file());
            return HexFormat.of().formatHex(all, (int) info.start(), (int) info.end());
        }
        try (TensorScope scope = torch.scope()) {
            Tensor tensor = reader.read(scope, info, info.type());
            return HexFormat.of().formatHex(torch.rawBytes(tensor, 0, tensor.count()));
        }
    }
}
