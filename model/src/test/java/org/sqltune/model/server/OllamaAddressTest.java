package org.sqltune.model.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaAddressTest {
    @ParameterizedTest
    @CsvSource({
        "'', http://localhost:11434",
        "box, http://box:11434",
        "box:8080, http://box:8080",
        ":8080, http://localhost:8080",
        "0.0.0.0, http://localhost:11434",
        "0.0.0.0:80, http://localhost:80",
        "[::]:80, http://localhost:80",
        "[::1], http://[::1]:11434",
        "http://box, http://box",
        "https://box/ollama, https://box/ollama",
        "HTTPS://box:443, https://box:443",
        "' \"box\" ', http://box:11434"
    })
    void theVariableIsReadAsOllamaReadsIt(String value, String address) {
        assertThat(OllamaAddress.usual(Map.of("OLLAMA_HOST", value))).isEqualTo(address);
    }

    @Test
    void withoutTheVariableItIsTheUsualAddress() {
        assertThat(OllamaAddress.usual(Map.of())).isEqualTo("http://localhost:11434");
    }
}
