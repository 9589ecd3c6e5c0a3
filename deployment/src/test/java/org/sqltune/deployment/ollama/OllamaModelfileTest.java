package org.sqltune.deployment.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.ConfigException;
import org.sqltune.deployment.ollama.OllamaBases.Base;
import org.sqltune.deployment.ollama.OllamaModelfile.Source;

class OllamaModelfileTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @Test
    void aModelIsAskedAsItWasTrained() {
        OllamaModelfile modelfile = new OllamaModelfile(
                new Source.Model("shop.gguf", DIGEST),
                "[INST] {{ .Prompt }} [/INST]",
                null,
                List.of("</s>"),
                2048,
                128);
        assertThat(modelfile.body(new OllamaName("shop")).toString())
                .isEqualTo("{\"model\":\"shop\",\"stream\":true,\"files\":{\"shop.gguf\":\"" + DIGEST + "\"},"
                        + "\"template\":\"[INST] {{ .Prompt }} [/INST]\",\"parameters\":{\"temperature\":0,"
                        + "\"repeat_penalty\":1.0,\"num_ctx\":2048,\"num_predict\":128,\"stop\":[\"</s>\"]}}");
        assertThat(modelfile.text())
                .isEqualTo("FROM ./shop.gguf\nTEMPLATE \"\"\"[INST] {{ .Prompt }} [/INST]\"\"\"\n"
                        + "PARAMETER num_ctx 2048\nPARAMETER num_predict 128\nPARAMETER repeat_penalty 1.0\n"
                        + "PARAMETER temperature 0\nPARAMETER stop \"</s>\"\n");
    }

    @Test
    void anAdapterIsPutOnItsBase() {
        OllamaModelfile modelfile = new OllamaModelfile(
                new Source.Adapter("tinyllama:1.1b", "a.gguf", DIGEST), "{{ .Prompt }}", "TABLE: t", List.of(), 9, 1);
        assertThat(modelfile.body(new OllamaName("shop")).toString())
                .contains("\"from\":\"tinyllama:1.1b\",\"adapters\":{\"a.gguf\":\"" + DIGEST + "\"}")
                .contains("\"system\":\"TABLE: t\"")
                .doesNotContain("stop", "files");
        assertThat(modelfile.text())
                .startsWith("FROM tinyllama:1.1b\nADAPTER ./a.gguf\n")
                .contains("SYSTEM \"\"\"TABLE: t\"\"\"\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0.5.4, false, false",
        "0.5.5, true, false",
        "0.34.0, true, false",
        "0.34.1-rc1, true, true",
        "v1.0.0, true, true",
        "0.0.0, true, true",
        "main, true, true"
    })
    void versionsAreCompared(String text, boolean files, boolean withoutAdapters) {
        OllamaVersion version = OllamaVersion.parse(text);
        assertThat(version.isAtLeast(OllamaVersion.FIRST_WITH_FILES)).isEqualTo(files);
        assertThat(version.isAtLeast(OllamaVersion.FIRST_WITHOUT_ADAPTERS)).isEqualTo(withoutAdapters);
    }

    @ParameterizedTest
    @CsvSource({
        "outputs/Shop 1/final_model, shop-1",
        "outputs/shop/checkpoint-20, shop",
        "models/tinyllama, tinyllama",
        "TinyLlama/TinyLlama-1.1B-Chat-v1.0, tinyllama-1.1b-chat-v1.0",
        "/, sqltune"
    })
    void aModelHasTheNameOfItsFolder(String source, String name) {
        assertThat(OllamaName.of(source).text()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "-x", "a/b/c/d", "a:b:c", "../x"})
    void namesThatOllamaRefusesAreRefusedHere(String name) {
        assertThatThrownBy(() -> new OllamaName(name))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--model-name");
    }

    @Test
    void theTagThatIsntNamedIsLatest() {
        assertThat(new OllamaName("shop").withTag()).isEqualTo("shop:latest");
        assertThat(new OllamaName("me/shop:v2").withTag()).isEqualTo("me/shop:v2");
    }

    @Test
    void theListHasTheModelsOfTheDocuments() {
        OllamaBases bases = OllamaBases.ofLibrary();
        assertThat(bases.of("codellama/CodeLlama-7b-Instruct-hf")).containsExactly(new Base("codellama:7b", true));
        assertThat(bases.of("defog/SQLCoder-7b"))
                .containsExactly(new Base("sqlcoder:7b", false), new Base("codellama:7b", false));
        assertThat(bases.of("nobody/knows")).isEmpty();
        assertThatThrownBy(() -> OllamaBases.parse("a\tb")).isInstanceOf(IllegalArgumentException.class);
    }
}
