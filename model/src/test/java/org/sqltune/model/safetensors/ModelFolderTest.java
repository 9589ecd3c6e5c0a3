package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.TestFolders;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.Torch;

/** Which files of a model's folder hold its weights. */
class ModelFolderTest {
    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @Test
    void shardsTogetherHoldWhatOneFileHolds() {
        try (SafetensorsReader sharded = SafetensorsReader.ofModelFolder(
                        torch, ParityFixture.of("sharded").folder());
                SafetensorsReader single = SafetensorsReader.ofModelFolder(
                        torch, ParityFixture.of("mha_untied").folder())) {
            assertThat(sharded.names()).containsExactlyInAnyOrderElementsOf(single.names());
        }
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        TestFolders.copyFixture("sharded", folder);
        Files.delete(folder.resolve("model-00002-of-00003.safetensors"));
        assertRefused("model-00002-of-00003.safetensors");
    }

    @Test
    void oneFileIsReadRatherThanShards() throws IOException {
        TestFolders.copyFixture("mha_untied", folder);
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"w\":\"gone\"}}");
        try (SafetensorsReader reader = SafetensorsReader.ofModelFolder(torch, folder)) {
            assertThat(reader.names()).contains("lm_head.weight");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "[]", "{\"weight_map\": {}}", "{\"weight_map\": {\"w\": 1}}", ""})
    void aDamagedIndexIsNamed(String index) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), index);
        assertRefused("model.safetensors.index.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin", "pytorch_model.bin.index.json"})
    void aPickleIsRefusedWithTheRemedy(String name) throws IOException {
        Files.write(folder.resolve(name), new byte[] {'P', 'K'});
        assertRefused(name, "a pickle", "safe_serialization=True");
    }

    @Test
    void aPickleBesideSafetensorsIsNotLookedAt() throws IOException {
        TestFolders.copyFixture("mha_untied", folder);
        Files.write(folder.resolve("pytorch_model.bin"), new byte[] {'P', 'K'});
        try (SafetensorsReader reader = SafetensorsReader.ofModelFolder(torch, folder)) {
            assertThat(reader.names()).contains("lm_head.weight");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other/model.safetensors", "/etc/hostname", "a/../../b", "..", "", ".", "a\u0000b"})
    void aShardsNameMayNotLeadOutOfTheFolder(String name) {
        index(Map.of("w", name));
        assertRefused("model.safetensors.index.json", "weight_map names", "no file of this folder");
    }

    @Test
    void aTensorThatItsShardLacksIsNamed() {
        shard("one", "w");
        index(Map.of("w", "one", "v", "one"));
        assertRefused("model.safetensors.index.json says that tensor v is in one, but it isn't");
    }

    @Test
    void aTensorThatAnotherShardHasIsNamed() {
        shard("one", "w");
        shard("two", "v");
        index(Map.of("w", "two", "v", "two", "x", "one"));
        assertRefused("says that tensor", "but it isn't");
    }

    @Test
    void aTensorInTwoShardsIsNamedWithBoth() {
        shard("one", "w", "v");
        shard("two", "v", "x");
        index(Map.of("w", "one", "x", "two"));
        assertRefused("tensor v is both in", "one", "two");
    }

    private void index(Map<String, String> weightMap) {
        try {
            new ObjectMapper()
                    .writeValue(
                            folder.resolve("model.safetensors.index.json").toFile(), Map.of("weight_map", weightMap));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with one number under each name. */
    private void shard(String file, String... names) {
        Map<String, Object> header = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            header.put(names[i], Map.of("dtype", "F32", "shape", List.of(), "data_offsets", List.of(4 * i, 4 * i + 4)));
        }
        RawFile.write(
                folder.resolve(file), new ObjectMapper().valueToTree(header).toString(), new byte[4 * names.length]);
    }

    @Test
    void aFolderWithoutWeightsSaysWhatWasLookedFor() {
        assertRefused("model.safetensors", "model.safetensors.index.json", "Check model.name");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> SafetensorsReader.ofModelFolder(torch, folder))
                .isInstanceOf(SqlTuneException.class)
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }
}
