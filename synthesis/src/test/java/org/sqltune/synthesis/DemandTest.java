package org.sqltune.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.sqltune.core.sql.hardness.QueryHardness;

class DemandTest {
    private static final String EASY = "SELECT name FROM singer";
    private static final String EXTRA = "SELECT name FROM singer WHERE age > (SELECT avg(age) FROM singer) AND id IN"
            + " (SELECT singer_id FROM concert GROUP BY singer_id HAVING count(*) > 1) ORDER BY age DESC LIMIT 3";

    @Test
    void withoutAMixEverythingIsWanted() {
        Demand demand = new Demand(null, 1);
        demand.made(EASY, 5);

        assertThat(demand.isLimited()).isFalse();
        assertThat(demand.wants(EASY)).isTrue();
        assertThat(demand.wants(EXTRA)).isTrue();
    }

    @Test
    void aGradeIsWantedUntilItsShareIsMade() {
        Demand demand = new Demand(new HardnessMix(Map.of(QueryHardness.EASY, 1.0, QueryHardness.EXTRA, 1.0)), 4);

        assertThat(demand.wants(EASY)).isTrue();
        demand.made(EASY, 2);
        assertThat(demand.wants(EASY)).isFalse();
        assertThat(demand.wants(EXTRA)).isTrue();
    }

    @Test
    void whatWasTakenBackIsWantedAgain() {
        Demand demand = new Demand(new HardnessMix(Map.of(QueryHardness.EASY, 1.0)), 1);
        demand.made(EASY, 1);
        assertThat(demand.wants(EASY)).isFalse();

        demand.made(EASY, -1);
        assertThat(demand.wants(EASY)).isTrue();
    }

    @Test
    void aGradeWithoutAWeightIsNeverWanted() {
        assertThat(new Demand(new HardnessMix(Map.of(QueryHardness.EASY, 1.0)), 10).wants(EXTRA))
                .isFalse();
    }

    @Property(tries = 200)
    void theSharesAddUpAndAreAsNearAsWholeNumbersCome(
            @ForAll @DoubleRange(min = 0, max = 9) double easy,
            @ForAll @DoubleRange(min = 0, max = 9) double hard,
            @ForAll @DoubleRange(min = 0.1, max = 9) double extra,
            @ForAll @IntRange(max = 500) int count) {
        Map<QueryHardness, Double> weights = new EnumMap<>(QueryHardness.class);
        weights.put(QueryHardness.EASY, easy);
        weights.put(QueryHardness.HARD, hard);
        weights.put(QueryHardness.EXTRA, extra);
        Map<QueryHardness, Integer> quotas = new HardnessMix(weights).quotas(count);

        assertThat(quotas.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(count);
        weights.forEach((grade, weight) -> assertThat((double) quotas.get(grade))
                .isBetween(count * weight / (easy + hard + extra) - 1, count * weight / (easy + hard + extra) + 1));
    }
}
