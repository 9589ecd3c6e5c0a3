package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void aPickleIsRefusedWithTheRemedy() throws IOException {
        Files.write(folder.resolve("pytorch_model.bin"), new byte[] {'P', 'K'});
        assertRefused("pytorch_model.bin", "a pickle", "safe_serialization=True");
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
