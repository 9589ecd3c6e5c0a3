package org.sqltune.evaluation.spider.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Laws of the test suite's comparison, over small tables of small numbers. */
class ResultEquivalencePropertyTest {
    private static final int WIDTH = 3;

    /** Rows of {@value #WIDTH} columns. */
    private static List<List<@Nullable Object>> table(List<Integer> values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i + WIDTH <= values.size(); i += WIDTH) {
            rows.add(new ArrayList<>(values.subList(i, i + WIDTH)));
        }
        return rows;
    }

    @Property(tries = 200)
    void aTableEqualsItself(@ForAll @Size(max = 12) List<@IntRange(min = 0, max = 2) Integer> values) {
        assertThat(ResultEquivalence.holds(table(values), table(values), true)).isTrue();
        assertThat(ResultEquivalence.holds(table(values), table(values), false)).isTrue();
    }

    @Property(tries = 200)
    void theOrderOfRowsDoesntMatterWhereItIsntAsked(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 2) Integer> values, @ForAll Random random) {
        List<List<@Nullable Object>> shuffled = table(values);
        Collections.shuffle(shuffled, random);
        assertThat(ResultEquivalence.holds(table(values), shuffled, false)).isTrue();
    }

    @Property(tries = 200)
    void theOrderOfColumnsNeverMatters(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 2) Integer> values, @ForAll Random random) {
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
        Collections.shuffle(order, random);
        List<List<@Nullable Object>> turned = new ArrayList<>();
        for (List<@Nullable Object> row : table(values)) {
            List<@Nullable Object> copy = new ArrayList<>();
            order.forEach(column -> copy.add(row.get(column)));
            turned.add(copy);
        }
        assertThat(ResultEquivalence.holds(table(values), turned, true)).isTrue();
    }

    @Property(tries = 200)
    void theComparisonIsSymmetric(
            @ForAll @Size(max = 9) List<@IntRange(min = 0, max = 1) Integer> one,
            @ForAll @Size(max = 9) List<@IntRange(min = 0, max = 1) Integer> other,
            @ForAll boolean ordered) {
        assertThat(ResultEquivalence.holds(table(one), table(other), ordered))
                .isEqualTo(ResultEquivalence.holds(table(other), table(one), ordered));
    }

    @Property(tries = 100)
    void oneMoreRowIsAnotherTable(@ForAll @Size(min = 3, max = 9) List<@IntRange(min = 0, max = 2) Integer> values) {
        List<List<@Nullable Object>> longer = table(values);
        longer.add(new ArrayList<>(longer.get(0)));
        assertThat(ResultEquivalence.holds(table(values), longer, false)).isFalse();
    }
}
