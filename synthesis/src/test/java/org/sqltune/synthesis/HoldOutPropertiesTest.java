package org.sqltune.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.sqltune.core.example.QueryCategory;

/** What holds of any hold-out of any pairs. */
class HoldOutPropertiesTest {
    @Property(tries = 200)
    void nothingHeldOutIsEverTrainedOn(
            @ForAll("databases") List<List<SyntheticPair>> databases,
            @ForAll @IntRange(max = 6) int wanted,
            @ForAll long seed) {
        HoldOut holdOut = HoldOut.choose(databases, wanted, seed);
        Set<String> trained = new HashSet<>();
        databases.forEach(pairs -> holdOut.training(pairs).forEach(pair -> trained.add(combination(pair))));

        for (List<SyntheticPair> pairs : databases) {
            assertThat(holdOut.validation(pairs)).noneMatch(pair -> trained.contains(combination(pair)));
        }
    }

    @Property(tries = 200)
    void everyPairIsTrainedOnOrHeldOutAndInItsOrder(
            @ForAll("databases") List<List<SyntheticPair>> databases, @ForAll long seed) {
        HoldOut holdOut = HoldOut.choose(databases, Integer.MAX_VALUE, seed);
        for (List<SyntheticPair> pairs : databases) {
            List<SyntheticPair> training = holdOut.training(pairs);
            List<SyntheticPair> validation = holdOut.validation(pairs);

            assertThat(training.size() + validation.size()).isEqualTo(pairs.size());
            // AssertJ finds no empty sequence in a list that isn't.
            if (!training.isEmpty()) {
                assertThat(pairs).containsSubsequence(training);
            }
            if (!validation.isEmpty()) {
                assertThat(pairs).containsSubsequence(validation);
            }
        }
    }

    @Property(tries = 200)
    void noCategoryHasMoreThanWanted(
            @ForAll("databases") List<List<SyntheticPair>> databases,
            @ForAll @IntRange(max = 4) int wanted,
            @ForAll long seed) {
        HoldOut holdOut = HoldOut.choose(databases, wanted, seed);
        for (List<SyntheticPair> pairs : databases) {
            for (QueryCategory category : QueryCategory.values()) {
                assertThat(holdOut.validation(pairs).stream().filter(pair -> pair.category() == category))
                        .hasSizeLessThanOrEqualTo(wanted);
            }
        }
    }

    @Property(tries = 200)
    void everyTemplateKeepsATableToBeTrainedWith(
            @ForAll("databases") List<List<SyntheticPair>> databases, @ForAll long seed) {
        HoldOut holdOut = HoldOut.choose(databases, 100, seed);
        Set<String> templates = new HashSet<>();
        Set<String> trained = new HashSet<>();
        for (List<SyntheticPair> pairs : databases) {
            pairs.forEach(pair -> templates.add(pair.templateId()));
            holdOut.training(pairs).forEach(pair -> trained.add(pair.templateId()));
        }

        assertThat(trained).isEqualTo(templates);
    }

    @Property(tries = 100)
    void equalSeedsHoldTheSameOut(@ForAll("databases") List<List<SyntheticPair>> databases, @ForAll long seed) {
        HoldOut one = HoldOut.choose(databases, 3, seed);
        HoldOut other = HoldOut.choose(databases, 3, seed);

        databases.forEach(pairs -> assertThat(one.validation(pairs)).isEqualTo(other.validation(pairs)));
    }

    @Provide
    Arbitrary<List<List<SyntheticPair>>> databases() {
        Arbitrary<SyntheticPair> pair = Combinators.combine(
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.of(QueryCategory.SIMPLE, QueryCategory.JOIN),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of("orders", "ORDERS", "items", "users"))
                .as((number, category, template, table) -> new SyntheticPair(
                        "Q" + number, "SELECT " + number, category, category + "." + template, table));
        return pair.list().ofMaxSize(25).list().ofMinSize(1).ofMaxSize(3).map(ArrayList::new);
    }

    /** Tables of one name are one table, whatever the case and the database. */
    private static String combination(SyntheticPair pair) {
        return pair.templateId() + " " + pair.table().toLowerCase(Locale.ROOT);
    }
}
