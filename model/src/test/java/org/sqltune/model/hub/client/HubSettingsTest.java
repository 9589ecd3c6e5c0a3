package org.sqltune.model.hub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables that Hugging Face's tools read, read alike. */
class HubSettingsTest {
    @TempDir
    private Path home;

    private HubSettings of(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return HubSettings.of(environment, home);
    }

    @Test
    void withoutVariablesItIsThePublicHubAndTheUsersCache() {
        assertThat(of())
                .isEqualTo(new HubSettings(
                        java.net.URI.create("https://huggingface.co"),
                        home.resolve(".cache/huggingface/hub"),
                        false,
                        null,
                        true));
    }

    @Test
    void theNearestVariableSaysWhereTheCacheIs() {
        assertThat(of("XDG_CACHE_HOME", "/x").cache()).hasToString("/x/huggingface/hub");
        assertThat(of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h").cache()).hasToString("/h/hub");
        assertThat(of("HF_HOME", "/h", "HUGGINGFACE_HUB_CACHE", "/old").cache()).hasToString("/old");
        assertThat(of("HUGGINGFACE_HUB_CACHE", "/old", "HF_HUB_CACHE", "/new").cache())
                .hasToString("/new");
        assertThat(of("HF_HOME", "", "HF_HUB_CACHE", " ").cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(of("HF_HOME", "~/models").cache()).isEqualTo(home.resolve("models/hub"));
        assertThat(of("HF_HUB_CACHE", "here").cache()).isEqualTo(Path.of("here").toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource({"1, true", "ON, true", "yes, true", "True, true", "0, false", "off, false", "2, false"})
    void offlineIsWhatHuggingFacesToolsTakeForTrue(String value, boolean offline) {
        assertThat(of("HF_HUB_OFFLINE", value).offline()).isEqualTo(offline);
        assertThat(of("TRANSFORMERS_OFFLINE", value).offline()).isEqualTo(offline);
    }

    @Test
    void theHubsOwnSwitchWinsOverThatOfTransformers() {
        assertThat(of("HF_HUB_OFFLINE", "0", "TRANSFORMERS_OFFLINE", "1").offline())
                .isFalse();
        assertThat(of("HF_HUB_OFFLINE", "", "TRANSFORMERS_OFFLINE", "1").offline())
                .isTrue();
    }

    @Test
    void theTokenIsThatOfTheVariableElseThatOfTheFile() throws IOException {
        Files.createDirectories(home.resolve(".cache/huggingface"));
        Files.writeString(home.resolve(".cache/huggingface/token"), "hf_file\n");
        Files.writeString(home.resolve("other"), "hf_other");
        assertThat(of().token()).isEqualTo("hf_file");
        assertThat(of("HF_TOKEN", " hf_variable ").token()).isEqualTo("hf_variable");
        assertThat(of("HUGGING_FACE_HUB_TOKEN", "hf_old").token()).isEqualTo("hf_old");
        assertThat(of("HF_TOKEN_PATH", home.resolve("other").toString()).token())
                .isEqualTo("hf_other");
        assertThat(of("HF_HOME", home.resolve("empty").toString()).token()).isNull();
        assertThat(of("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1").token()).isNull();
        assertThat(of("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1", "HF_TOKEN", "hf_said")
                        .token())
                .isEqualTo("hf_said");
    }

    @Test
    void aTokenThatCannotBeOneIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> of("HF_TOKEN", "hf_secret\nX-Other: header"))
                .hasMessageContaining("HF_TOKEN holds characters that no token has")
                .hasMessageNotContaining("secret");
    }

    @Test
    void theTokenDoesNotShow() {
        assertThat(of("HF_TOKEN", "hf_secret"))
                .asString()
                .contains("token=given")
                .doesNotContain("secret");
    }

    @Test
    void anEndpointMayEndInASlashAndHaveAPath() {
        assertThat(of("HF_ENDPOINT", "http://mirror:8080/api/hf/").endpoint()).hasToString("http://mirror:8080/api/hf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"huggingface.co", "ftp://huggingface.co", "http://", "https://a b", "http://x/?a=1", "http://[x"
            })
    void whatIsNoAddressIsRefused(String endpoint) {
        assertThatThrownBy(() -> of("HF_ENDPOINT", endpoint))
                .hasMessageStartingWith("HF_ENDPOINT is '" + endpoint)
                .hasMessageContaining("https://huggingface.co");
    }

    @Test
    void linksCanBeForbidden() {
        assertThat(of("HF_HUB_DISABLE_SYMLINKS", "1").symlinks()).isFalse();
    }
}
