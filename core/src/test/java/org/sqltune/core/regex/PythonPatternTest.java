package org.sqltune.core.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;

class PythonPatternTest {
    private static final String PATH = "model.layers.10.self_attn.q_proj";

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                ".*q_proj true",
                ".*\\.(q|v)_proj true",
                "q_proj false",
                "model.layers.1.self_attn.q_proj false",
                "model\\.layers\\.(?P<layer_number>\\d+)\\.self_attn\\.[qv]_proj\\Z true",
                "(?:.*?\\.)?layers\\.(1\\d)\\..*_proj true",
                "(?i).*Q_PROJ true",
                ".*(?<!q)_proj false",
                "^model.*proj$ true",
            })
    void aWholeTextMatchesAsInPython(String pattern, boolean matches) {
        assertThat(PythonPattern.of(pattern).matches(PATH)).isEqualTo(matches);
    }

    @Test
    void anEndBeginsBehindADot() {
        assertThat(PythonPattern.ofEnd("q_proj").matches(PATH)).isTrue();
        assertThat(PythonPattern.ofEnd("self_attn.q_proj").matches(PATH)).isTrue();
        assertThat(PythonPattern.ofEnd("_proj").matches(PATH)).isFalse();
        assertThat(PythonPattern.ofEnd("q_proj").matches("q_proj")).isTrue();
    }

    @Test
    void whatIsNoExpressionIsNamed() {
        assertThatThrownBy(() -> PythonPattern.of("(q_proj"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("'(q_proj' is not a regular expression: ");
        assertThatThrownBy(() -> PythonPattern.of("a".repeat(501))).hasMessageContaining("501 characters");
    }

    @Test
    void anExpressionThatWouldTakeYearsEnds() {
        assertThatThrownBy(
                        () -> PythonPattern.of("(.*)(.*)(.*)(.*)(.*)(.*)(.*)!").matches(PATH))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("'(.*)(.*)(.*)(.*)(.*)(.*)(.*)!' takes too long to match: give names of modules");
    }
}
