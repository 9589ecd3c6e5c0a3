package org.sqltune.synthesis.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.data.split.Splits;

class DemoSourceTest {
    @TempDir
    private static Path folder;

    private static Splits<Example> splits;

    @BeforeAll
    static void prepare() {
        splits = new DemoSource(folder, 42).prepare();
    }

    @Test
    void thereAreThousandsToTrainOnAndSomeToValidateAndTestWith() {
        assertThat(splits.train())
                .as("800 pairs a database, most of them in two other wordings as well")
                .hasSizeBetween(9_000, 12_000);
        assertThat(splits.validation()).hasSizeBetween(150, 200);
        assertThat(splits.test()).hasSize(50);
    }

    @Test
    void everyDatabaseAndCategoryHasItsShare() {
        Map<String, Long> train = cells(splits.train());
        Map<String, Long> validation = cells(splits.validation());

        assertThat(train)
                .hasSize(25)
                .allSatisfy((cell, count) -> assertThat(count).isBetween(300L, 480L));
        assertThat(validation)
                .hasSize(25)
                .allSatisfy((cell, count) -> assertThat(count).isBetween(5L, 8L));
    }

    @Test
    void everyPairRunsAndHasAnAnswer() throws Exception {
        DemoDatabases databases = new DemoDatabases(folder);
        for (String id : DemoDatabases.IDS) {
            try (Connection connection = databases.open(id);
                    Statement statement = connection.createStatement()) {
                for (Example example :
                        synthetic().filter(e -> e.databaseId().equals(id)).toList()) {
                    try (ResultSet row = statement.executeQuery(example.sql())) {
                        assertThat(row.next()).as(example.sql()).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void noSyntheticQuestionIsOneOfTheTest() {
        Set<String> test = normalised(splits.test());

        assertThat(test).hasSize(50);
        assertThat(synthetic()).noneMatch(example -> test.contains(QuestionText.normalised(example.question())));
    }

    @Test
    void noValidationQuestionIsTrainedOn() {
        Set<String> trained = normalised(splits.train());

        assertThat(splits.validation())
                .noneMatch(example -> trained.contains(QuestionText.normalised(example.question())));
    }

    @Test
    void aDatabaseIsAskedAQuestionOnce() {
        assertThat(synthetic().map(e -> e.databaseId() + " " + QuestionText.normalised(e.question())))
                .doesNotHaveDuplicates();
        assertThat(Stream.concat(synthetic(), splits.test().stream()).map(Example::id))
                .doesNotHaveDuplicates();
    }

    @Test
    void equalSeedsGiveEqualSplits(@TempDir Path other) {
        assertThat(new DemoSource(other, 42).prepare()).isEqualTo(splits);
    }

    @Test
    void trainingComesInRunsOfOneDatabase() {
        List<Example> train = splits.train();
        // The databases differ in size, so that only the runs until the smallest one's end are full.
        long smallest =
                train.stream()
                        .collect(Collectors.groupingBy(Example::databaseId, Collectors.counting()))
                        .values()
                        .stream()
                        .mapToLong(Long::longValue)
                        .min()
                        .orElseThrow();
        for (int run = 0; run < smallest / 8 * 8 * DemoDatabases.IDS.size(); run += 8) {
            assertThat(train.subList(run, run + 8))
                    .extracting(Example::databaseId)
                    .containsOnly(train.get(run).databaseId());
        }
        assertThat(train.subList(0, 40)).extracting(Example::databaseId).containsAll(DemoDatabases.IDS);
    }

    @Test
    void theBeginningOfTrainingIsBalancedToo() {
        Map<QueryCategory, Long> counts = new HashMap<>();
        splits.train().subList(0, 400).forEach(example -> counts.merge(example.category(), 1L, Long::sum));

        assertThat(counts.values())
                .hasSize(5)
                .allSatisfy(count -> assertThat(count).isBetween(55L, 105L));
    }

    @Test
    void queriesAreVaried() {
        Set<String> queries = new HashSet<>();
        splits.train().forEach(example -> queries.add(example.databaseId() + " " + example.sql()));

        assertThat(queries).hasSizeGreaterThan(3_000);
    }

    private static Stream<Example> synthetic() {
        return Stream.concat(splits.train().stream(), splits.validation().stream());
    }

    private static Set<String> normalised(List<Example> examples) {
        return examples.stream().map(e -> QuestionText.normalised(e.question())).collect(Collectors.toSet());
    }

    private static Map<String, Long> cells(List<Example> examples) {
        return examples.stream()
                .collect(Collectors.groupingBy(e -> e.databaseId() + " " + e.category(), Collectors.counting()));
    }
}
