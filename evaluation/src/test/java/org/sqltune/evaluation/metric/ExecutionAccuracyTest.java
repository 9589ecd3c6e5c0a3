package org.sqltune.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.evaluation.TestDatabases;
import org.sqltune.evaluation.metric.ExecutionOutcome.GoldFailed;
import org.sqltune.evaluation.metric.ExecutionOutcome.Match;
import org.sqltune.evaluation.metric.ExecutionOutcome.PredictionFailed;
import org.sqltune.evaluation.metric.ExecutionOutcome.WrongResult;

class ExecutionAccuracyTest {
    @TempDir
    Path folder;

    private ExecutionAccuracy accuracy;

    @BeforeEach
    void makeDatabases() {
        TestDatabases.add(
                folder,
                "pets",
                "CREATE TABLE pet (id INTEGER, name TEXT, kind TEXT, weight REAL)",
                "INSERT INTO pet VALUES (1, 'Zoë', 'cat', 3.5), (2, '猫', 'cat', 4), (3, 'Rex', 'dog', 20.25),"
                        + " (4, NULL, 'dog', NULL)");
        TestDatabases.add(folder, "empty", "CREATE TABLE pet (id INTEGER)");
        accuracy = accuracy(DistinctRule.KEPT);
    }

    @AfterEach
    void close() {
        accuracy.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT name, id FROM pet                  | SELECT id, name FROM pet ORDER BY id DESC",
                "SELECT name FROM pet ORDER BY id          | select p.NAME from PET as p order by p.id;",
                "SELECT count(*) FROM pet                  | SELECT 4.0",
                "SELECT avg(weight) FROM pet               | SELECT sum(weight) / 3 FROM pet",
                "SELECT name FROM pet WHERE kind = 'cat'   | SELECT name FROM pet WHERE kind = \"cat\"",
                "SELECT id FROM pet WHERE id > 9           | SELECT name, kind FROM pet WHERE 1 = 0",
                "SELECT DISTINCT kind FROM pet             | SELECT kind FROM pet GROUP BY kind",
                "SELECT name FROM pet WHERE id = 4         | SELECT NULL",
                "SELECT name FROM pet WHERE id = 2         | SELECT '猫'",
                "SELECT id FROM (SELECT id FROM pet ORDER BY id) | SELECT id FROM pet ORDER BY id DESC"
            })
    void queriesThatReturnTheSameMatch(String gold, String prediction) {
        assertThat(accuracy.score("pets", gold, prediction)).isEqualTo(new Match());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT id FROM pet ORDER BY id            | SELECT id FROM pet ORDER BY id DESC | the rows in another order",
                "SELECT DISTINCT kind FROM pet             | SELECT kind FROM pet                | 4 rows instead of 2",
                "SELECT kind FROM pet                      | SELECT DISTINCT kind FROM pet       | 2 rows instead of 4",
                "SELECT name FROM pet WHERE id = 1         | SELECT 'zoë'                        | other values",
                "SELECT id, name FROM pet                  | SELECT id FROM pet                  | 1 columns instead of 2",
                "SELECT id FROM pet WHERE id = 1           | SELECT '1'                          | other values"
            })
    void queriesThatReturnDifferentThingsDoNot(String gold, String prediction, String difference) {
        assertThat(accuracy.score("pets", gold, prediction)).isEqualTo(new WrongResult(difference));
    }

    @Test
    void aPredictionThatDoesNotRunHasItsKind() {
        assertThat(accuracy.score("pets", "SELECT 1", "SELECT age FROM pet"))
                .isEqualTo(new PredictionFailed(Kind.NO_SUCH_COLUMN, "no such column: age"));
        assertThat(kindOf("")).isEqualTo(Kind.NOT_A_QUERY);
        assertThat(kindOf("DROP TABLE pet")).isEqualTo(Kind.NOT_A_QUERY);
        assertThat(kindOf("SELECT 1; DROP TABLE pet")).isEqualTo(Kind.SEVERAL_STATEMENTS);
        assertThat(accuracy.score("pets", "SELECT count(*) FROM pet", "SELECT 4"))
                .isEqualTo(new Match());
    }

    @Test
    void aPredictionThatNeverEndsIsStopped() {
        String endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
        assertThat(kindOf(endless)).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void aResultThatIsCutOffIsNeverCompared() {
        String hundred =
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100) SELECT x FROM c";
        assertThat(kindOf(hundred)).isEqualTo(Kind.TOO_LARGE);
        assertThat(accuracy.score("pets", hundred, hundred)).isInstanceOf(GoldFailed.class);
    }

    @Test
    void aGoldQueryThatFailsIsNotThePredictionsFault() {
        assertThat(accuracy.score("pets", "SELECT nope FROM pet", "SELECT 1"))
                .isEqualTo(new GoldFailed("no such column: nope"));
        assertThat(accuracy.score("pets", "SELECT nope FROM pet", "SELECT neither FROM pet"))
                .isEqualTo(new GoldFailed("no such column: nope"));
    }

    @Test
    void aDatabaseThatCannotBeReadFailsItsGoldQueryAndNoOther() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("broken")).resolve("broken.sqlite");
        Files.writeString(broken, "not a database at all ".repeat(100));
        assertThat(accuracy.score("broken", "SELECT 1", "SELECT 1").error()).contains("broken.sqlite");
        assertThat(accuracy.score("none", "SELECT 1", "SELECT 1").error()).contains("No database \"none\"");
        assertThat(accuracy.score("pets", "SELECT 1", "SELECT 1")).isEqualTo(new Match());
    }

    @Test
    void eachDatabaseHasItsOwnGoldResults() {
        String gold = "SELECT count(*) FROM pet";
        assertThat(accuracy.score("pets", gold, "SELECT 4")).isEqualTo(new Match());
        assertThat(accuracy.score("empty", gold, "SELECT 0")).isEqualTo(new Match());
        assertThat(accuracy.score("pets", gold, "SELECT 4")).isEqualTo(new Match());
    }

    @Test
    void aGoldResultIsRemembered() {
        String gold = "SELECT count(*) FROM pet";
        assertThat(accuracy.score("empty", gold, gold)).isEqualTo(new Match());
        TestDatabases.add(folder, "empty", "INSERT INTO pet VALUES (1)");
        assertThat(accuracy.score("empty", gold, gold)).isEqualTo(new WrongResult("other values"));
    }

    @Test
    void distinctCanBeIgnored() {
        try (ExecutionAccuracy lenient = accuracy(DistinctRule.IGNORED)) {
            assertThat(lenient.score("pets", "SELECT DISTINCT kind FROM pet", "SELECT kind FROM pet"))
                    .isEqualTo(new Match());
            assertThat(lenient.score("pets", "SELECT count(DISTINCT kind) FROM pet", "SELECT count(kind) FROM pet"))
                    .isEqualTo(new Match());
            assertThat(lenient.score("pets", "SELECT 'distinct'", "SELECT 'distinct'"))
                    .isEqualTo(new Match());
            assertThat(lenient.score(
                            "pets",
                            "SELECT id FROM pet WHERE name IS DISTINCT FROM 'Rex'",
                            "SELECT id FROM pet WHERE id <> 3"))
                    .isEqualTo(new Match());
        }
    }

    private Kind kindOf(String prediction) {
        return ((PredictionFailed) accuracy.score("pets", "SELECT 1", prediction)).kind();
    }

    private ExecutionAccuracy accuracy(DistinctRule distinct) {
        return new ExecutionAccuracy(
                new SqliteDatabases(new DatabaseFolder(folder)), QueryLimits.DEFAULTS.with(1, 50), distinct, 1);
    }
}
