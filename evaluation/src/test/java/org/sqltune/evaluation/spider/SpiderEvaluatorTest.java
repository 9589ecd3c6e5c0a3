package org.sqltune.evaluation.spider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.spider.SpiderEvaluator.SpiderPair;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;
import org.sqltune.evaluation.spider.match.SetMatch;

class SpiderEvaluatorTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeDatabases() throws IOException, SQLException {
        OfficialPairs.makeDatabases(folder);
    }

    @Test
    void everyFieldOfEveryPairIsWhatTheOfficialEvaluatorsSay() throws IOException {
        List<SpiderVerdict> rows = evaluate(OfficialPairs.pairs(), TestSuiteRules.DEFAULTS);
        List<JsonNode> official = OfficialPairs.official();
        assertThat(rows).hasSameSizeAs(official).hasSizeGreaterThan(90);
        List<String> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (SpiderVerdict row : rows) {
            JsonNode wanted = official.get(row.index());
            found.add(row.index() + " " + label(row) + " " + row.unparseable() + " " + components(row) + " "
                    + number(exact(row)) + number(row.originalExecution()) + number(row.testSuiteExecution()));
            expected.add(row.index() + " " + wanted.get("hardness").asText() + " "
                    + wanted.get("unparseable").asBoolean() + " " + components(wanted) + " "
                    + wanted.get("exact_match") + wanted.get("execution_original")
                    + wanted.get("execution_test_suite"));
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void distinctIsKeptAndValuesArePluggedInAsTheTestSuiteDoes() throws IOException {
        assertThat(testSuiteScores(new TestSuiteRules(true, false))).isEqualTo(official("keep_distinct"));
        assertThat(testSuiteScores(new TestSuiteRules(false, true))).isEqualTo(official("plug_value"));
    }

    @Test
    void aMissingDatabaseLeavesExecutionOpenAndIsCounted() throws IOException {
        Files.delete(folder.resolve("database/trade/trade.sqlite"));
        SpiderReport report = new SpiderReport(evaluate(OfficialPairs.pairs(), TestSuiteRules.DEFAULTS));
        assertThat(report.rows()).allMatch(row -> row.originalExecution() == null && row.match() != null);
        assertThat(report.notExecuted())
                .isEqualTo(Map.of("trade", (long) report.rows().size()));
        assertThat(report.summary().rows().get(2)).endsWith("-", "-", "-", "-", "-");
    }

    @Test
    void aQueryThatNeverEndsCostsOnlyItsOwnRow() {
        String endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c";
        String gold = "SELECT count(*) FROM Customer";
        List<SpiderVerdict> rows = evaluator(TestSuiteRules.DEFAULTS, 0.5)
                .evaluate(List.of(
                        new SpiderPair(0, "trade", gold, endless),
                        new SpiderPair(1, "trade", gold, "DROP TABLE Customer"),
                        new SpiderPair(2, "trade", gold, gold)));
        assertThat(rows.stream().map(SpiderVerdict::testSuiteExecution)).containsExactly(false, false, true);
        assertThat(rows.stream().map(SpiderVerdict::originalExecution)).containsExactly(false, false, true);
    }

    @Test
    void severalProcessesFindWhatOneFinds() throws IOException {
        List<SpiderPair> pairs = OfficialPairs.pairs();
        List<List<SpiderVerdict>> found = new ArrayList<>();
        for (int processes : List.of(1, 4)) {
            try (SqliteWorkers sqlite = new SqliteWorkers(processes)) {
                found.add(evaluator(TestSuiteRules.DEFAULTS, 60).evaluate(pairs, sqlite));
            }
        }
        assertThat(found.get(1)).isEqualTo(found.get(0)).hasSameSizeAs(pairs);
    }

    @Test
    void aQueryThatKillsItsProcessCostsOnlyItsOwnRow() {
        String gold = "SELECT count(*) FROM Customer";
        String hungry =
                "SELECT group_concat(hex(zeroblob(400000 + abs(random()) % 9))) OVER (ORDER BY random()) FROM Orders"
                        + ", Orders AS b, Orders AS c, Orders AS d";
        assertRowsOf(
                List.of(new SpiderPair(0, "trade", gold, hungry), new SpiderPair(1, "trade", gold, gold)),
                List.of("\"execution_test_suite\":0", "\"execution_test_suite\":1"));
    }

    @Test
    void aDatabaseThatCantBeReadLeavesExecutionOpen() throws IOException {
        Files.writeString(folder.resolve("database/trade/trade.sqlite"), "no database at all".repeat(100));
        String gold = "SELECT count(*) FROM Customer";
        assertRowsOf(
                List.of(new SpiderPair(0, "trade", gold, gold), new SpiderPair(1, "trade", gold, "")),
                List.of(
                        "\"exact_match\":1,\"execution_original\":null",
                        "\"exact_match\":0,\"execution_original\":null"));
    }

    private void assertRowsOf(List<SpiderPair> pairs, List<String> expected) {
        List<String> lines = new SpiderReport(
                        evaluator(TestSuiteRules.DEFAULTS, 1).evaluate(pairs))
                .lines().stream().map(JsonNode::toString).toList();
        assertThat(lines).hasSameSizeAs(pairs);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).startsWith("{\"index\":" + i).contains(expected.get(i));
        }
    }

    @Test
    void aGoldQueryThatTheGrammarCantReadHasNoScores() {
        SpiderVerdict row = evaluate(
                        List.of(new SpiderPair(0, "trade", "SELECT upper(Name) FROM Customer", "SELECT 1")),
                        TestSuiteRules.DEFAULTS)
                .get(0);
        assertThat(row.hardness()).isNull();
        assertThat(row.match()).isNull();
        assertThat(row.unparseable()).isTrue();
    }

    @Test
    void aDatabaseThatTablesJsonLacksIsNamed() {
        List<SpiderPair> pairs = List.of(new SpiderPair(0, "elsewhere", "SELECT 1", "SELECT 1"));
        assertThatThrownBy(() -> evaluate(pairs, TestSuiteRules.DEFAULTS))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("elsewhere");
    }

    private List<SpiderVerdict> evaluate(List<SpiderPair> pairs, TestSuiteRules rules) {
        return evaluator(rules, 60).evaluate(pairs);
    }

    private SpiderEvaluator evaluator(TestSuiteRules rules, double timeoutSeconds) {
        return new SpiderEvaluator(
                SpiderSchemas.read(folder.resolve("tables.json")),
                new DatabaseFolder(folder.resolve("database")),
                rules,
                timeoutSeconds);
    }

    private List<Integer> testSuiteScores(TestSuiteRules rules) throws IOException {
        return evaluate(OfficialPairs.pairs(), rules).stream()
                .map(row -> number(row.testSuiteExecution()))
                .toList();
    }

    private static List<Integer> official(String field) throws IOException {
        return OfficialPairs.official().stream()
                .map(row -> row.get(field).asInt())
                .toList();
    }

    private static String label(SpiderVerdict row) {
        return row.hardness() == null ? "none" : row.hardness().label();
    }

    private static int number(@Nullable Boolean right) {
        return right == null ? -1 : right ? 1 : 0;
    }

    private static @Nullable Boolean exact(SpiderVerdict row) {
        SetMatch match = row.match();
        return match == null ? null : match.exact();
    }

    private static Map<String, List<Integer>> components(SpiderVerdict row) {
        Map<String, List<Integer>> components = new TreeMap<>();
        SetMatch match = row.match();
        if (match != null) {
            match.components()
                    .forEach((component, score) -> components.put(
                            component.label(), List.of(score.gold(), score.predicted(), score.right() ? 1 : 0)));
        }
        return components;
    }

    private static Map<String, List<Integer>> components(JsonNode official) {
        Map<String, List<Integer>> components = new TreeMap<>();
        official.get("components")
                .fields()
                .forEachRemaining(entry -> components.put(
                        entry.getKey(),
                        List.of(
                                entry.getValue().get(0).asInt(),
                                entry.getValue().get(1).asInt(),
                                entry.getValue().get(2).asInt())));
        return components;
    }
}
