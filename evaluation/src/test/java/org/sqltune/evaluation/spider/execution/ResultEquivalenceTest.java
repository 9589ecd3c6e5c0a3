package org.sqltune.evaluation.spider.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Expected verdicts are those of {@code result_eq} in the test suite's exec_eval.py. */
class ResultEquivalenceTest {
    @Test
    void columnsMayTradePlacesButValuesStayInTheirRows() {
        assertThat(bags(rows(row(1L, "a"), row(2L, "b")), rows(row("b", 2L), row("a", 1L))))
                .isTrue();
        assertThat(bags(rows(row(1L, "a"), row(2L, "b")), rows(row("a", 2L), row("b", 1L))))
                .isFalse();
    }

    @Test
    void duplicatesCount() {
        assertThat(bags(rows(row(1L), row(1L), row(2L)), rows(row(1L), row(2L), row(2L))))
                .isFalse();
        assertThat(bags(rows(row(1L), row(1L)), rows(row(1L)))).isFalse();
    }

    @Test
    void orderCountsOnlyWhereAsked() {
        List<List<@Nullable Object>> gold = rows(row(1L), row(2L));
        List<List<@Nullable Object>> turned = rows(row(2L), row(1L));
        assertThat(ResultEquivalence.holds(gold, turned, true)).isFalse();
        assertThat(ResultEquivalence.holds(gold, turned, false)).isTrue();
    }

    @Test
    void wholeFloatsEqualIntegersAndNullEqualsNull() {
        assertThat(bags(rows(row(3L, null)), rows(row(3.0, null)))).isTrue();
        assertThat(bags(rows(row("3")), rows(row(3L)))).isFalse();
        assertThat(bags(rows(row(9007199254740993L)), rows(row(9007199254740992.0))))
                .isFalse();
    }

    @Test
    void equalRowsThatSortDifferentlyAsTextAreLost() {
        // As text, 10 comes before 1, but 1.0 before 10.0.
        assertThat(bags(rows(row(1L, 10L)), rows(row(1.0, 10.0)))).isFalse();
    }

    @Test
    void twoEmptyResultsAreEqualWhateverTheirColumns() {
        assertThat(bags(List.of(), List.of())).isTrue();
        assertThat(bags(rows(row(1L)), List.of())).isFalse();
    }

    @Test
    void manyColumnsAreMatchedWithoutTryingEveryOrder() {
        @Nullable Object[] wide = new @Nullable Object[40];
        Arrays.fill(wide, 7L);
        wide[39] = 8L;
        @Nullable Object[] turned = wide.clone();
        turned[39] = 7L;
        turned[0] = 8L;
        assertThat(bags(rows(row(wide), row(turned)), rows(row(turned), row(wide))))
                .isTrue();
    }

    private static boolean bags(List<List<@Nullable Object>> gold, List<List<@Nullable Object>> found) {
        return ResultEquivalence.holds(gold, found, false);
    }

    @SafeVarargs
    private static List<List<@Nullable Object>> rows(List<@Nullable Object>... rows) {
        return List.of(rows);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
