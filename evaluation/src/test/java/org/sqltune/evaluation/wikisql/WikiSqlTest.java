package org.sqltune.evaluation.wikisql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.wikisql.WikiSqlQuery;
import org.sqltune.evaluation.RowScores;
import org.sqltune.evaluation.TestDatabases;
import org.sqltune.evaluation.benchmark.OfficialRows;
import org.sqltune.evaluation.benchmark.PredictionFile;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;

/** Expected values follow from the official script's definitions, by hand. */
class WikiSqlTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeDatabase() {
        TestDatabases.add(
                folder,
                "dev",
                "CREATE TABLE table_1_10_2 (col0 text, col1 real, col2 text)",
                "INSERT INTO table_1_10_2 VALUES ('ann', 1200, 'x'), ('bob', 3.5, 'y'), ('cyd', 1200, NULL)");
    }

    @Test
    void theLogicalFormIsASetOfConditionsInLowerCase() {
        WikiSqlQuery gold = query(0, 0, "[[1, 0, 1200], [2, 0, \"X\"]]");
        assertThat(LogicalForm.same(gold, query(0, 0, "[[2, 0, \"x\"], [1, 0, \"1200\"]]")))
                .isTrue();
        assertThat(LogicalForm.same(gold, query(0, 0, "[[2, 0, \"x\"], [2, 0, \"x\"], [1, 0, 1200]]")))
                .isTrue();
        assertThat(LogicalForm.same(gold, query(0, 0, "[[2, 0, \"x\"]]"))).isFalse();
        assertThat(LogicalForm.same(gold, query(0, 1, "[[1, 0, 1200], [2, 0, \"X\"]]")))
                .isFalse();
        assertThat(LogicalForm.same(gold, query(1, 0, "[[1, 0, 1200], [2, 0, \"X\"]]")))
                .isFalse();
        assertThat(LogicalForm.same(gold, query(0, 0, "[[1, 1, 1200], [2, 0, \"X\"]]")))
                .isFalse();
        assertThat(LogicalForm.same(gold, query(0, 0, "[[1, 0, 1200.0], [2, 0, \"X\"]]")))
                .isFalse();
    }

    @Property
    void logicalFormIsSymmetricAndKnowsNoOrder(
            @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 3) Integer> columns,
            @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 3) Integer> others,
            @ForAll Random random) {
        WikiSqlQuery first = onColumns(columns);
        WikiSqlQuery second = onColumns(others);
        assertThat(LogicalForm.same(first, second)).isEqualTo(LogicalForm.same(second, first));
        List<Integer> shuffled = new ArrayList<>(columns);
        shuffled.addAll(columns);
        Collections.shuffle(shuffled, random);
        assertThat(LogicalForm.same(first, onColumns(shuffled))).isTrue();
    }

    private static WikiSqlQuery onColumns(List<Integer> columns) {
        return new WikiSqlQuery(
                0,
                0,
                columns.stream()
                        .map(column -> new WikiSqlQuery.Condition(column, 0, "V" + column, false))
                        .toList());
    }

    @Test
    void executionComparesLists() throws IOException {
        String gold = "{\"sel\": 0, \"agg\": 0, \"conds\": [[1, 0, \"1,200\"]]}";
        List<RowScores> rows = rows(
                gold,
                query("{\"sel\": 0, \"agg\": 0, \"conds\": [[1, 1, 100]]}"),
                query("{\"sel\": 0, \"agg\": 0, \"conds\": [[0, 1, \"ann\"]]}"),
                query("{\"sel\": 1, \"agg\": 1, \"conds\": []}"),
                query("{\"sel\": 9, \"agg\": 0, \"conds\": []}"),
                "{\"error\": \"no idea\"}",
                query("{\"sel\": 0}"));
        assertThat(rows)
                .extracting(row -> row.verdicts().get(Columns.EXECUTION_WIKISQL))
                .containsExactly(true, false, false, false, false, false);
        assertThat(rows)
                .extracting(row -> row.verdicts().get(Columns.LOGICAL_FORM))
                .containsOnly(false);
    }

    @Test
    void anAggregateOverNullsAndANumberInATextAreAsTheScriptHasThem() throws IOException {
        List<RowScores> rows = rows(
                "{\"sel\": 2, \"agg\": 3, \"conds\": []}",
                query("{\"sel\": 2, \"agg\": 3, \"conds\": [[1, 1, \"about 1 of them\"]]}"),
                query("{\"sel\": 0, \"agg\": 3, \"conds\": [[1, 2, \"1200 km\"]]}"));
        // COUNT(col2) leaves NULL out: 2. Those above 1: all, so 2 again. Those below 1200: one.
        assertThat(rows)
                .extracting(row -> row.verdicts().get(Columns.EXECUTION_WIKISQL))
                .containsExactly(true, false);
    }

    @Test
    void aGoldQueryThatFailsIsNotScored() throws IOException {
        RowScores row = rows(
                        "{\"sel\": 8, \"agg\": 0, \"conds\": []}", query("{\"sel\": 8, \"agg\": 0, \"conds\": []}"))
                .get(0);
        assertThat(row.verdicts()).containsOnlyKeys(Columns.LOGICAL_FORM).containsEntry(Columns.LOGICAL_FORM, true);
        assertThat(row.error()).isEqualTo("the gold query fails");
    }

    @Test
    void ofTwoConditionsOnAColumnTheLastValueHoldsForBoth() throws IOException {
        List<RowScores> rows = rows(
                "{\"sel\": 0, \"agg\": 0, \"conds\": [[1, 0, 3.5]]}",
                query("{\"sel\": 0, \"agg\": 0, \"conds\": [[1, 0, 1200], [1, 0, 3.5]]}"));
        assertThat(rows.get(0).verdicts()).containsEntry(Columns.EXECUTION_WIKISQL, true);
    }

    @Test
    void severalWorkersFindWhatOneFinds() throws IOException {
        String[] predictions = IntStream.range(0, 40)
                .mapToObj(i -> query("{\"sel\": " + i % 4 + ", \"agg\": " + i % 3 + ", \"conds\": [[1, 0, 1200]]}"))
                .toArray(String[]::new);
        WikiSqlFiles files = files("{\"sel\": 0, \"agg\": 0, \"conds\": [[1, 0, 1200]]}", predictions);
        assertThat(rows(files, 4)).isEqualTo(rows(files, 1)).hasSize(40);
    }

    @Test
    void filesOfDifferentLengthAreRefused() throws IOException {
        Path gold = Files.writeString(
                folder.resolve("gold.jsonl"),
                "{\"table_id\": \"1\", \"sql\": {\"sel\": 0, \"agg\": 0, \"conds\": []}}\n");
        Path predictions = Files.writeString(folder.resolve("pred.jsonl"), "");
        assertThatThrownBy(() -> WikiSqlFiles.read(predictions, gold)).hasMessageContaining("0 predictions for 1");
    }

    @Test
    void aGoldRowThatIsNoQuestionIsNamed() throws IOException {
        Path gold = Files.writeString(folder.resolve("gold.jsonl"), "{\"table_id\": \"1\", \"sql\": {\"sel\": 0}}\n");
        Path predictions = Files.writeString(folder.resolve("pred.jsonl"), "{}\n");
        assertThatThrownBy(() -> WikiSqlFiles.read(predictions, gold))
                .hasMessageContaining("gold.jsonl line 1")
                .hasMessageContaining("lacks sel, agg or conds");
    }

    @Test
    void aReportOfAFileShowsBothScores() throws IOException {
        files(
                "{\"sel\": 0, \"agg\": 0, \"conds\": []}",
                query("{\"sel\": 0, \"agg\": 0, \"conds\": []}"),
                "{\"error\": \"?\"}");
        Report report = PredictionFile.wikiSql(
                        folder.resolve("pred.jsonl"),
                        folder.resolve("gold.jsonl"),
                        folder.resolve("dev/dev.sqlite"),
                        60)
                .evaluate(true, ProgressListener.NONE)
                .toReport(Provenance.UNKNOWN);
        assertThat(report.mainScore()).isEqualTo(Columns.EXECUTION_WIKISQL);
        assertThat(report.score(Columns.EXECUTION_WIKISQL)).isEqualTo(new Score(1, 2));
        assertThat(report.score(Columns.LOGICAL_FORM)).isEqualTo(new Score(1, 2));
        assertThat(report.rows().get(0).gold()).isEqualTo("SELECT col0 FROM table");
        assertThat(report.rows().get(1).errors()).containsExactly(ErrorKind.EMPTY);
        assertThat(report.provenance().rules()).containsEntry("reading", "answers are given as sel, agg and conds");
    }

    @Test
    void everyRowOfAFileIsOneObjectAndSaysWhatCouldntBeRead() throws IOException {
        files(
                "{\"sel\": 0, \"agg\": 0, \"conds\": []}",
                query("{\"sel\": 0, \"agg\": 0, \"conds\": []}"),
                "{\"error\": \"?\"}");
        assertThat(OfficialRows.of(PredictionFile.wikiSql(
                                folder.resolve("pred.jsonl"),
                                folder.resolve("gold.jsonl"),
                                folder.resolve("dev/dev.sqlite"),
                                60)
                        .evaluate(true, ProgressListener.NONE)))
                .extracting(row ->
                        row.path("execution_wikisql") + " " + row.path("logical_form") + " " + row.path("unparseable"))
                .containsExactly("1 1 false", "0 0 true");
    }

    private List<RowScores> rows(String gold, String... predictions) throws IOException {
        return rows(files(gold, predictions), 1);
    }

    private WikiSqlFiles files(String gold, String... predictions) throws IOException {
        String line = "{\"table_id\": \"1-10-2\", \"question\": \"?\", \"sql\": " + gold + "}\n";
        Path goldFile = Files.writeString(folder.resolve("gold.jsonl"), line.repeat(predictions.length));
        Path predictionFile = Files.writeString(folder.resolve("pred.jsonl"), String.join("\n", predictions) + "\n");
        return WikiSqlFiles.read(predictionFile, goldFile);
    }

    private List<RowScores> rows(WikiSqlFiles files, int workers) {
        Path database = folder.resolve("dev/dev.sqlite");
        return new PredictionFile(
                        files.answers(),
                        new WikiSqlScorer(files.reading(), id -> Optional.of(database), 60, workers),
                        null)
                .evaluate(true, ProgressListener.NONE)
                .official()
                .get(0)
                .rows();
    }

    private static String query(String query) {
        return "{\"query\": " + query + "}";
    }

    private static WikiSqlQuery query(int column, int aggregate, String conditions) {
        try {
            return WikiSqlQuery.of(JsonMapper.builder()
                    .build()
                    .readTree("{\"sel\": " + column + ", \"agg\": " + aggregate + ", \"conds\": " + conditions + "}"));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
