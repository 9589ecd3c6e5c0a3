package org.sqltune.synthesis.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.synthesis.pretraining.NaturalMix.NaturalPair;
import org.sqltune.synthesis.shape.QuestionAndSql;

class PretrainingCorpusTest {
    private static final int PER_SCHEMA = 15;

    @ParameterizedTest
    @EnumSource(PretrainingStage.class)
    void everyQueryIsValidForItsSchema(PretrainingStage stage) {
        assertThat(faults(corpus(stage, 3000, 1))).isEmpty();
    }

    @Test
    void besidePeoplesQuestionsColumnsHaveShortNamesNowAndThenAndCommentsThatAreShown() {
        PretrainingCorpus mixed = mixed(1500);

        assertThat(faults(mixed)).isEmpty();
        assertThat(examples(mixed))
                .filteredOn(row -> row.prompt()
                        .matches("(?s).*\\b[b-df-hj-np-tv-z]{2,4} \\((?:text|real|integer)\\) \\[[a-z ]{4,}.*"))
                .hasSizeBetween(25, 400);
    }

    @Test
    void asManyOfPeoplesQuestionsComeAsOfGeneratedOnesAndTheSeedDecidesEverything() {
        List<PromptCompletion> rows = examples(mixed(600));

        assertThat(rows).filteredOn(row -> row.id().equals("asked")).hasSizeBetween(590, 610);
        assertThat(examples(mixed(600))).isEqualTo(rows);
    }

    private static PretrainingCorpus mixed(long examples) {
        Schema schema =
                new Schema("pets", List.of(new Table("dog", List.of(new Column("age", "integer", false)))), List.of());
        NaturalPair pair =
                new NaturalPair("people", new Example("asked", "pets", "How old?", schema, "SELECT age FROM dog"));
        PretrainingSettings settings = new PretrainingSettings(PretrainingStage.FEW_TABLES, examples, PER_SCHEMA, 1);
        return new PretrainingCorpus(settings, new NaturalMix(List.of(pair), List.of()));
    }

    private static List<String> faults(PretrainingCorpus corpus) {
        List<String> faults = new ArrayList<>();
        corpus.forEachSchema((schema, questions) -> {
            try (Connection database = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                create(database, schema.schema());
                for (QuestionAndSql question : questions) {
                    prepare(database, question, faults);
                }
            } catch (SQLException e) {
                faults.add(schema.schema() + ": " + e.getMessage());
            }
        });
        return faults;
    }

    private static void create(Connection database, Schema schema) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (Table table : schema.tables()) {
                String columns = table.columns().stream()
                        .map(column -> column.name() + " " + column.type())
                        .collect(Collectors.joining(", "));
                statement.execute("CREATE TABLE " + table.name() + " (" + columns + ")");
            }
        }
    }

    private static void prepare(Connection database, QuestionAndSql question, List<String> faults) {
        try {
            database.prepareStatement(question.sql()).close();
        } catch (SQLException e) {
            faults.add(question + ": " + e.getMessage());
        }
    }

    @Test
    void theSameSeedGivesTheSameCorpusAndAnotherSeedAnother() {
        List<PromptCompletion> first = examples(corpus(PretrainingStage.FULL, 200, 7));
        assertThat(examples(corpus(PretrainingStage.FULL, 200, 7))).isEqualTo(first);
        assertThat(examples(corpus(PretrainingStage.FULL, 200, 8))).doesNotContainAnyElementsOf(first);
    }

    @Test
    void theQuestionsOfOneSchemaComeOneAfterAnother() {
        Set<String> finished = new HashSet<>();
        String current = "";
        for (PromptCompletion example : examples(corpus(PretrainingStage.FEW_TABLES, 600, 3))) {
            String prefix = example.prompt().substring(0, example.prompt().indexOf("\nQuestion: "));
            if (!prefix.equals(current)) {
                assertThat(finished.add(prefix)).as(prefix).isTrue();
                current = prefix;
            }
        }
        assertThat(finished).hasSize(600 / PER_SCHEMA);
    }

    @Test
    void thePromptHasTheFormThatTheModelIsAskedIn() {
        PromptCompletion example =
                examples(corpus(PretrainingStage.ONE_TABLE, 1, 5)).get(0);
        assertThat(example.prompt())
                .matches("(?s)\\[INST] Write the SQL query\\.\\nSchema:\\n"
                        + "TABLE: \\w+ \\( \\w+ \\(integer\\), .+ \\(\\w+\\) \\)\\nQuestion: .+[.?] \\[/INST]");
        assertThat(example.completion()).startsWith("SELECT ").doesNotEndWith(";");
    }

    @Test
    void aValueStandsInTheQuestionAsItStandsInTheSql() {
        corpus(PretrainingStage.FULL, 3000, 9)
                .forEachSchema((schema, questions) -> questions.stream()
                        .filter(question -> question.sql().contains(" = '"))
                        .filter(question -> !question.sql().contains("'%Y-%m'")) // "in March 2002"
                        .forEach(question -> {
                            String value = question.sql().replaceFirst("(?s).*? = '([^']*)'.*", "$1");
                            assertThat(question.question()).contains(value);
                        }));
    }

    @Test
    void borrowedQuestionsComeInTurnUnderTheGeneratedOnes() {
        List<PromptCompletion> borrowed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            borrowed.add(new PromptCompletion("b" + i, "Schema " + i % 2 + "\nQuestion: " + i + "?", "SELECT " + i));
        }
        PretrainingCurriculum fromTheStart = new PretrainingCurriculum(List.of(
                new PretrainingCurriculum.Phase(0, List.of(PretrainingStage.FEW_TABLES)),
                new PretrainingCurriculum.Phase(Long.MAX_VALUE, List.of(PretrainingStage.FEW_TABLES))));
        PretrainingSettings settings = new PretrainingSettings(fromTheStart, 3000, PER_SCHEMA, 4);
        List<String> met = new ArrayList<>();
        new PretrainingCorpus(settings, borrowed).forEach(example -> {
            if (example.id().startsWith("b")) {
                met.add(example.id());
            }
        });
        assertThat(met).hasSizeGreaterThan(40);
        assertThat(met.subList(0, 20)).doesNotHaveDuplicates();
        assertThat(met.subList(20, 40)).doesNotHaveDuplicates();
        for (int start = 0; start < 20; start += 10) {
            assertThat(met.subList(start, start + 10).stream().map(id -> Integer.parseInt(id.substring(1)) % 2))
                    .containsOnly(Integer.parseInt(met.get(start).substring(1)) % 2);
        }
    }

    @Test
    void theFirstStageHasOneTableAndNoJoins() {
        corpus(PretrainingStage.ONE_TABLE, 600, 2).forEachSchema((schema, questions) -> {
            assertThat(schema.tables()).hasSize(1);
            assertThat(questions).extracting(QuestionAndSql::sql).noneMatch(sql -> sql.contains(" JOIN "));
        });
    }

    @Test
    void theLastStageHasEveryKindOfQuery() {
        String all = examples(corpus(PretrainingStage.FULL, 5000, 4)).stream()
                .map(PromptCompletion::completion)
                .collect(Collectors.joining("\n"));
        assertThat(all)
                .contains(
                        "DISTINCT ",
                        " BETWEEN ",
                        " LIKE '%",
                        " IN ('",
                        " OR ",
                        " IS NULL",
                        "COUNT(DISTINCT ",
                        " HAVING ",
                        " DESC LIMIT ",
                        " AS T3 ON ",
                        " LEFT JOIN ",
                        " NOT IN (SELECT ",
                        " > (SELECT AVG(",
                        " EXCEPT ",
                        "SELECT AVG(total) FROM (SELECT ",
                        " <> ");
    }

    @Test
    void writesAsManyRowsAsAskedFor(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("corpus.jsonl");
        corpus(PretrainingStage.ONE_TABLE, 100, 1).writeTo(file);
        assertThat(Files.readAllLines(file))
                .hasSize(100)
                .allMatch(line ->
                        line.startsWith("{\"prompt\":\"[INST] ") && line.contains("\",\"completion\":\"SELECT "));
    }

    @Test
    void aSchemaWithoutQuestionsIsRefused() {
        assertThatThrownBy(() -> new PretrainingSettings(PretrainingStage.FULL, 10, 0, 1))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("questions per schema is 0: give 1 or more");
    }

    private static PretrainingCorpus corpus(PretrainingStage stage, long examples, long seed) {
        return new PretrainingCorpus(new PretrainingSettings(stage, examples, PER_SCHEMA, seed));
    }

    private static List<PromptCompletion> examples(PretrainingCorpus corpus) {
        List<PromptCompletion> examples = new ArrayList<>();
        corpus.forEach(examples::add);
        return examples;
    }
}
