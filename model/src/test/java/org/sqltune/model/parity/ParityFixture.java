package org.sqltune.model.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** One folder under src/test/resources/parity: a tiny model and what transformers and PEFT compute with it. */
public record ParityFixture(Path folder) {
    /** The fixture of that name. */
    public static ParityFixture of(String name) {
        try {
            URL url = ParityFixture.class.getResource("/parity/" + name);
            return new ParityFixture(Path.of(
                    Objects.requireNonNull(url, () -> "no fixture " + name).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its model, computing in an element type. */
    public Decoder decoder(Torch torch, ElementType type) {
        DecoderConfig config = DecoderConfigReader.read(folder);
        try (SafetensorsReader weights = SafetensorsReader.ofModelFolder(torch, folder)) {
            return new Decoder(torch, config, type, (owner, name, shape) -> weights.read(owner, name, type, shape));
        }
    }

    /** A tensor of one of its files, as 32-bit floats. */
    public float[] floats(Torch torch, String file, String name) {
        try (TensorScope scope = torch.scope();
                SafetensorsReader reader = SafetensorsReader.ofFile(torch, folder.resolve(file))) {
            return reader.read(scope, info(reader, name), ElementType.FLOAT32).toFloats();
        }
    }

    /** A tensor of integers of one of its files. */
    public long[] longs(Torch torch, String file, String name) {
        try (TensorScope scope = torch.scope();
                SafetensorsReader reader = SafetensorsReader.ofFile(torch, folder.resolve(file))) {
            return reader.read(scope, info(reader, name), ElementType.INT64).toLongs();
        }
    }

    private static TensorInfo info(SafetensorsReader reader, String name) {
        return Objects.requireNonNull(reader.info(name), () -> "no tensor " + name);
    }

    /** One of its JSON files. */
    public JsonNode json(String file) {
        try {
            return new ObjectMapper().readTree(folder.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON array of ids. */
    public static long[] ids(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}
