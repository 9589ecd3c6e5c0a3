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
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.evaluation.TestDatabases;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.ReportRow;

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
        assertThat(gold.sameForm(query(0, 0, "[[2, 0, \"x\"], [1, 0, \"1200\"]]")))
                .isTrue();
        assertThat(gold.sameForm(query(0, 0, "[[2, 0, \"x\"], [2, 0, \"x\"], [1, 0, 1200]]")))
                .isTrue();
        assertThat(gold.sameForm(query(0, 0, "[[2, 0, \"x\"]]"))).isFalse();
        assertThat(gold.sameForm(query(0, 1, "[[1, 0, 1200], [2, 0, \"X\"]]"))).isFalse();
        assertThat(gold.sameForm(query(1, 0, "[[1, 0, 1200], [2, 0, \"X\"]]"))).isFalse();
        assertThat(gold.sameForm(query(0, 0, "[[1, 1, 1200], [2, 0, \"X\"]]"))).isFalse();
        assertThat(gold.sameForm(query(0, 0, "[[1, 0, 1200.0], [2, 0, \"X\"]]")))
                .isFalse();
    }

    @Property
    void logicalFormIsSymmetricAndKnowsNoOrder(
            @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 3) Integer> columns,
            @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 3) Integer> others,
            @ForAll Random random) {
        WikiSqlQuery first = onColumns(columns);
        WikiSqlQuery second = onColumns(others);
        assertThat(first.sameForm(second)).isEqualTo(second.sameForm(first));
        List<Integer> shuffled = new ArrayList<>(columns);
        shuffled.addAll(columns);
        Collections.shuffle(shuffled, random);
        assertThat(first.sameForm(onColumns(shuffled))).isTrue();
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
        List<ReportRow> rows = rows(
                gold,
                query("{\"sel\": 0, \"agg\": 0, \"conds\": [[1, 1, 100]]}"),
                query("{\"sel\": 0, \"agg\": 0, \"conds\": [[0, 1, \"ann\"]]}"),
                query("{\"sel\": 1, \"agg\": 1, \"conds\": []}"),
                query("{\"sel\": 9, \"agg\": 0, \"conds\": []}"),
                "{\"error\": \"no idea\"}",
                query("{\"sel\": 0}"));
        assertThat(rows)
                .extracting(row -> row.verdicts().get("execution_accuracy"))
                .containsExactly(true, false, false, false, false, false);
        assertThat(rows).extracting(row -> row.verdicts().get("logical_form")).containsOnly(false);
    }

    @Test
    void anAggregateOverNullsAndANumberInATextAreAsTheScriptHasThem() throws IOException {
        List<ReportRow> rows = rows(
                "{\"sel\": 2, \"agg\": 3, \"conds\": []}",
                query("{\"sel\": 2, \"agg\": 3, \"conds\": [[1, 1, \"about 1 of them\"]]}"),
                query("{\"sel\": 0, \"agg\": 3, \"conds\": [[1, 2, \"1200 km\"]]}"));
        // COUNT(col2) leaves NULL out: 2. Those above 1: all, so 2 again. Those below 1200: one.
        assertThat(rows)
                .extracting(row -> row.verdicts().get("execution_accuracy"))
                .containsExactly(true, false);
    }

    @Test
    void aGoldQueryThatFailsIsNotScored() throws IOException {
        ReportRow row = rows(
                        "{\"sel\": 8, \"agg\": 0, \"conds\": []}", query("{\"sel\": 8, \"agg\": 0, \"conds\": []}"))
                .get(0);
        assertThat(row.verdicts()).containsOnlyKeys("logical_form").containsEntry("logical_form", true);
        assertThat(row.error()).isEqualTo("the gold query fails");
    }

    @Test
    void ofTwoConditionsOnAColumnTheLastValueHoldsForBoth() throws IOException {
        List<ReportRow> rows = rows(
                "{\"sel\": 0, \"agg\": 0, \"conds\": [[1, 0, 3.5]]}",
                query("{\"sel\": 0, \"agg\": 0, \"conds\": [[1, 0, 1200], [1, 0, 3.5]]}"));
        assertThat(rows.get(0).verdicts()).containsEntry("execution_accuracy", true);
    }

    @Test
    void severalWorkersFindWhatOneFinds() {
        WikiSqlQuery gold = query(0, 0, "[[1, 0, 1200]]");
        List<WikiSqlExample> examples = IntStream.range(0, 40)
                .mapToObj(i -> new WikiSqlExample(i, "1-10-2", "?", gold, query(i % 4, i % 3, "[[1, 0, 1200]]")))
                .toList();
        assertThat(rows(examples, 4)).isEqualTo(rows(examples, 1)).hasSize(40);
    }

    @Test
    void filesOfDifferentLengthAreRefused() throws IOException {
        Path gold = Files.writeString(folder.resolve("gold.jsonl"), "{}\n");
        Path predictions = Files.writeString(folder.resolve("pred.jsonl"), "");
        assertThatThrownBy(() -> WikiSqlFiles.read(gold, predictions)).hasMessageContaining("0 predictions for 1");
    }

    private List<ReportRow> rows(String gold, String... predictions) throws IOException {
        String line = "{\"table_id\": \"1-10-2\", \"question\": \"?\", \"sql\": " + gold + "}\n";
        Path goldFile = Files.writeString(folder.resolve("gold.jsonl"), line.repeat(predictions.length));
        Path predictionFile = Files.writeString(folder.resolve("pred.jsonl"), String.join("\n", predictions) + "\n");
        return rows(WikiSqlFiles.read(goldFile, predictionFile), 1);
    }

    private List<ReportRow> rows(List<WikiSqlExample> examples, int workers) {
        return new WikiSqlEvaluator(folder.resolve("dev/dev.sqlite"), QueryLimits.DEFAULTS, workers)
                .evaluate(examples, Provenance.UNKNOWN, ProgressListener.NONE)
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
