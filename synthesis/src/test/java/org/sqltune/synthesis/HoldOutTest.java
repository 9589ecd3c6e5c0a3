package org.sqltune.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.QueryCategory;

class HoldOutTest {
    private final List<List<SyntheticPair>> databases = List.of(database("a", "b", "c"), database("c", "d", "e"));

    @Test
    void aTemplateAndATableAreTrainedOnOrHeldOutButNeverBoth() {
        HoldOut holdOut = HoldOut.choose(databases, 4, 1);

        Set<String> trained = databases.stream()
                .flatMap(pairs -> holdOut.training(pairs).stream())
                .map(HoldOutTest::combination)
                .collect(Collectors.toSet());
        assertThat(databases.stream().flatMap(pairs -> holdOut.validation(pairs).stream()))
                .isNotEmpty()
                .noneMatch(pair -> trained.contains(combination(pair)));
    }

    @Test
    void everyDatabaseHasAsManyOfEveryCategoryAsWanted() {
        HoldOut holdOut = HoldOut.choose(databases, 4, 1);

        for (List<SyntheticPair> pairs : databases) {
            assertThat(holdOut.validation(pairs).stream()
                            .collect(Collectors.groupingBy(SyntheticPair::category, Collectors.counting())))
                    .containsOnlyKeys(QueryCategory.SIMPLE, QueryCategory.JOIN)
                    .allSatisfy((category, count) -> assertThat(count).isEqualTo(4));
        }
    }

    @Test
    void everyTemplateIsStillTrainedOn() {
        HoldOut holdOut = HoldOut.choose(databases, 1_000, 1);

        assertThat(databases.stream().flatMap(pairs -> holdOut.training(pairs).stream()))
                .extracting(SyntheticPair::templateId)
                .contains("simple-0", "simple-1", "join-0", "join-1");
    }

    @Test
    void theSeedDecidesWhatIsHeldOut() {
        assertThat(held(1)).isEqualTo(held(1)).isNotEqualTo(held(2));
    }

    private List<SyntheticPair> held(long seed) {
        HoldOut holdOut = HoldOut.choose(databases, 2, seed);
        return databases.stream()
                .flatMap(pairs -> holdOut.validation(pairs).stream())
                .toList();
    }

    private static String combination(SyntheticPair pair) {
        return pair.templateId() + " " + pair.table();
    }

    private static List<SyntheticPair> database(String... tables) {
        List<SyntheticPair> pairs = new ArrayList<>();
        for (String table : tables) {
            for (int i = 0; i < 12; i++) {
                String number = table + i;
                pairs.add(new SyntheticPair("S" + number, "1", QueryCategory.SIMPLE, "simple-" + i % 2, table));
                pairs.add(new SyntheticPair("J" + number, "1", QueryCategory.JOIN, "join-" + i % 2, table));
            }
        }
        return pairs;
    }
}
