package org.sqltune.evaluation.spider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.TestDatabases;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ResultExcerpt;
import org.sqltune.evaluation.spider.execution.TestSuiteRules;

class SpiderReporterTest {
    @TempDir
    private Path folder;

    /** CSpider is Spider with Chinese questions and values: its files have the same form. */
    @Test
    void chineseQuestionsAndValuesAreScoredAndReported() throws IOException {
        TestDatabases.add(
                folder,
                "zoo",
                "CREATE TABLE animal (name text, legs integer)",
                "INSERT INTO animal VALUES ('蚂蚁', 6), ('蜜蜂', 6), ('猫', 4)");
        Path tables = Files.writeString(
                folder.resolve("tables.json"),
                "[{\"db_id\":\"zoo\",\"table_names_original\":[\"animal\"],\"table_names\":[\"动物\"],\"foreign_keys\":[],"
                        + "\"column_names_original\":[[-1,\"*\"],[0,\"name\"],[0,\"legs\"]]}]");
        Path gold = Files.writeString(folder.resolve("dev.json"), """
                [{"db_id": "zoo", "question": "猫有几条腿?", "query": "SELECT legs FROM animal WHERE name = '猫'"},
                 {"db_id": "zoo", "question": "有多少动物?", "query": "SELECT count(*) FROM animal"},
                 {"db_id": "zoo", "question": "名字?", "query": "SELECT name FROM animal ORDER BY legs"}]
                """);
        Path predictions = Files.writeString(folder.resolve("pred.sql"), """
                SELECT legs FROM animal WHERE name = '猫'
                SELECT max(legs) FROM animal
                SELECT name FROM WHERE
                """);
        SpiderSchemas schemas = SpiderSchemas.read(tables);
        List<SpiderPair> pairs = SpiderFiles.pairs(predictions, gold);
        DatabaseFolder databases = new DatabaseFolder(folder);
        Report report;
        try (SqliteWorkers sqlite = new SqliteWorkers(1)) {
            List<SpiderRow> rows = new SpiderEvaluator(schemas, databases, new TestSuiteRules(false, false), 10)
                    .evaluate(pairs, sqlite);
            report = new SpiderReporter(schemas)
                    .report(
                            rows,
                            pairs,
                            SpiderReporter.questions(gold),
                            new WrongAnswers(databases, 10, sqlite).results(rows, pairs),
                            Provenance.UNKNOWN);
        }
        assertThat(report.mainScore()).isEqualTo("execution_test_suite");
        assertThat(report.score("execution_test_suite")).isEqualTo(new Score(1, 3));
        assertThat(report.score("exact_match")).isEqualTo(new Score(1, 3));
        assertThat(report.rows().get(0).question()).isEqualTo("猫有几条腿?");
        assertThat(report.rows().get(1).errors()).contains(ErrorKind.AGGREGATE);
        assertThat(report.rows().get(2).errors()).startsWith(ErrorKind.PARSE);
        assertThat(report.groups("hardness")).containsKey("easy");
        assertThat(report.rows().get(0).goldResult()).isNull();
        assertThat(report.rows().get(1).goldResult())
                .isEqualTo(new ResultExcerpt(List.of("count(*)"), List.of(List.of("3")), 1));
        assertThat(report.rows().get(1).predictedResult())
                .isEqualTo(new ResultExcerpt(List.of("max(legs)"), List.of(List.of("6")), 1));
        assertThat(report.rows().get(2).predictedResult()).isNull();
        assertThat(report.rows().get(2).error()).contains("syntax error");
    }
}
