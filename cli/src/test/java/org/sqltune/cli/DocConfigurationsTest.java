package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.config.RunConfigLoader;

/** The configurations and rows that the README and docs/ show can be read. */
class DocConfigurationsTest {
    static List<DocPage.Block> configurations() {
        return DocPage.blocks("yaml");
    }

    static List<DocPage.Block> rows() {
        return DocPage.blocks("json");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyConfigurationIsValid(DocPage.Block yaml) {
        assertThatNoException()
                .isThrownBy(
                        () -> new RunConfigLoader(path -> true).load(yaml.page().toString(), yaml.text(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyLineOfJsonIsAnObject(DocPage.Block json) throws JsonProcessingException {
        JsonMapper mapper = JsonMapper.builder().build();
        for (String line : json.text().lines().toList()) {
            assertThat(mapper.readTree(line).isObject()).as(line).isTrue();
        }
    }
}
