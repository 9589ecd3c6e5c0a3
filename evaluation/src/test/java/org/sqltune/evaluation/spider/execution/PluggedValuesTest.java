package org.sqltune.evaluation.spider.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Predictions with the gold query's values in place of their own. */
class PluggedValuesTest {
    private static List<String> candidates(String gold, String predicted) {
        return PluggedValues.candidates(gold, predicted).toList();
    }

    @Test
    void aValueIsReplacedByTheGoldOne() {
        assertThat(candidates("SELECT a FROM t WHERE b = 3", "SELECT a FROM t WHERE b = 7"))
                .containsExactly("select a from t where b = 3");
    }

    @Test
    void everyCombinationIsTried() {
        assertThat(candidates("SELECT a FROM t WHERE b = 3 AND c = 'x'", "SELECT a FROM t WHERE b = 7 AND c = 'y'"))
                .containsExactlyInAnyOrder(
                        "select a from t where b = 'x' and c = 'x'",
                        "select a from t where b = 'x' and c = 3",
                        "select a from t where b = 3 and c = 'x'",
                        "select a from t where b = 3 and c = 3");
    }

    @Test
    void anAnswerWithoutValuesIsTriedAsItIs() {
        assertThat(candidates("SELECT a FROM t WHERE b = 3", "SELECT a FROM t")).containsExactly("select a from t");
    }

    @Test
    void withoutGoldValuesThereIsNothingToPlugIn() {
        assertThat(candidates("SELECT a FROM t", "SELECT a FROM t WHERE b = 7")).isEmpty();
    }

    @Test
    void numbersInsideNamesAreNoValues() {
        assertThat(candidates("SELECT T1.a FROM t AS T1 WHERE T1.b = 3", "SELECT T1.a FROM t AS T1 WHERE T1.b = 9"))
                .containsExactly("select t1 . a from t as t1 where t1 . b = 3");
    }

    @Test
    void decimalsAreOneValue() {
        assertThat(candidates("SELECT a FROM t WHERE b > 3.5", "SELECT a FROM t WHERE b > 0.25"))
                .containsExactly("select a from t where b > 3.5");
    }
}
