package org.sqltune.synthesis.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;

class DemoQuestionsTest {
    @TempDir
    Path folder;

    private DemoDatabases databases;
    private List<Example> questions;
    private List<Example> natural;
    private List<Example> all;

    @BeforeEach
    void read() {
        databases = new DemoDatabases(folder);
        databases.materialise();
        questions = DemoQuestions.of(databases);
        natural = DemoQuestions.natural(databases);
        all = Stream.concat(questions.stream(), natural.stream()).toList();
    }

    @Test
    void thereAreTwentyNaturalQuestionsADatabase() {
        assertThat(natural.stream().collect(Collectors.groupingBy(Example::databaseId, Collectors.counting())))
                .containsOnlyKeys(DemoDatabases.IDS)
                .allSatisfy((id, count) -> assertThat(count).isEqualTo(20));
    }

    @Test
    void noQuestionIsAskedTwice() {
        assertThat(all).extracting(Example::question).doesNotHaveDuplicates();
        assertThat(DemoQuestions.texts())
                .containsExactlyElementsOf(all.stream().map(Example::question).toList());
    }

    @Test
    void thereAreTenADatabaseTwoOfEachCategory() {
        assertThat(questions.stream().collect(Collectors.groupingBy(Example::databaseId, Collectors.counting())))
                .containsOnlyKeys(DemoDatabases.IDS)
                .allSatisfy((id, count) -> assertThat(count).isEqualTo(10));
        assertThat(questions.stream()
                        .collect(Collectors.groupingBy(
                                example -> Objects.requireNonNull(example.category()), Collectors.counting())))
                .containsOnlyKeys(QueryCategory.values())
                .allSatisfy((category, count) -> assertThat(count).isEqualTo(10));
    }

    @Test
    void idsAreUnique() {
        assertThat(all).extracting(Example::id).doesNotHaveDuplicates();
    }

    @Test
    void everyGoldQueryHasAnAnswer() throws SQLException {
        for (Example example : all) {
            try (Connection connection = databases.open(example.databaseId());
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(example.sql())) {
                assertThat(row.next()).as(example.sql()).isTrue();
            }
        }
    }

    @Test
    void eachHasItsDatabasesSchema() {
        assertThat(all)
                .allSatisfy(example -> assertThat(example.schema()).isEqualTo(databases.schema(example.databaseId())));
    }
}
