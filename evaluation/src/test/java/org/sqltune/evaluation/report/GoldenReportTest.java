package org.sqltune.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;

/**
 * A report's files, name by name and value by value: programs of users read them. {@code golden.json} and {@code
 * golden.jsonl} are what this report must be; {@code version_1_0.json} is one that an earlier release wrote.
 */
class GoldenReportTest {
    @TempDir
    private Path folder;

    private static Report report() {
        Map<ColumnDescriptor, Boolean> wrong = new LinkedHashMap<>();
        wrong.put(Columns.EXECUTION_ACCURACY, false);
        wrong.put(Columns.EXACT_MATCH, false);
        wrong.put(Columns.EXECUTION_TEST_SUITE, false);
        Map<ColumnDescriptor, Boolean> right = new LinkedHashMap<>(wrong);
        right.replaceAll((column, verdict) -> true);
        return new Report(
                new Provenance(
                        "tuned",
                        "2026-11-22T00:10:00Z",
                        Map.of("sqltune", "1.0"),
                        Map.of("name", "spider"),
                        Map.of("name", "nano"),
                        Map.of("format", "inst"),
                        Map.of("temperature", "0"),
                        Map.of("execution_accuracy", "equal results")),
                Columns.EXECUTION_TEST_SUITE,
                List.of(
                        new ReportRow(
                                "dev-0",
                                "zoo",
                                "How many?",
                                "SELECT count(*) FROM animal",
                                "SELECT count(*) FROM animal",
                                labels("easy", "aggregation"),
                                right,
                                Map.of(Columns.SECONDS, 0.5),
                                List.of(),
                                "",
                                new ResultExcerpt(List.of("count(*)"), List.of(List.of("3")), 1),
                                new ResultExcerpt(List.of("count(*)"), List.of(List.of("3")), 1)),
                        new ReportRow(
                                "dev-1",
                                "zoo",
                                "Names?",
                                "SELECT name FROM animal",
                                "SELECT legs FROM animal",
                                labels("easy", "simple"),
                                wrong,
                                Map.of(Columns.SECONDS, 1.5),
                                List.of(ErrorKind.WRONG_COLUMN, ErrorKind.VALUE),
                                "wrong result: other values",
                                new ResultExcerpt(List.of("name"), List.of(Arrays.asList((String) null)), 7),
                                null)),
                Map.of(Columns.BLEU, 12.5),
                Map.of(ColumnDescriptor.total("skipped_examples", "examples"), 2.0),
                Map.of("wta_1", 2));
    }

    private static Map<ColumnDescriptor, String> labels(String hardness, String category) {
        Map<ColumnDescriptor, String> labels = new LinkedHashMap<>();
        labels.put(Columns.HARDNESS, hardness);
        labels.put(Columns.CATEGORY, category);
        labels.put(Columns.DATABASE, "zoo");
        return labels;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = GoldenReportTest.class.getResourceAsStream("/report/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void reportJsonIsWhatItWas() throws IOException {
        ReportFiles.write(report(), folder);
        assertThat(folder.resolve(ReportFiles.REPORT)).hasContent(resource("golden.json"));
    }

    @Test
    void predictionsAreWhatTheyWere() throws IOException {
        ReportFiles.write(report(), folder);
        assertThat(folder.resolve(ReportFiles.PREDICTIONS)).hasContent(resource("golden.jsonl"));
    }

    /** All that describes columns is new: without it, everything is as an earlier release wrote it. */
    @Test
    void onlyTheDescriptionsAreNew() throws IOException {
        JsonNode now = JsonMapper.builder().build().readTree(resource("golden.json"));
        ((ObjectNode) now).remove("columns");
        assertThat(now).isEqualTo(JsonMapper.builder().build().readTree(resource("version_1_0.json")));
    }

    @Test
    void aReportOfAnEarlierReleaseIsReadAndComparedWithANewOne() throws IOException {
        Path old = Files.writeString(folder.resolve("old.json"), resource("version_1_0.json"));
        Report read = ReportReader.read(old);
        assertThat(read.mainScore()).isEqualTo(Columns.EXECUTION_TEST_SUITE);
        assertThat(read.scores()).isEqualTo(report().scores());
        assertThat(read.groups(Columns.HARDNESS).keySet()).containsExactly("easy");
        assertThat(new Comparison(read, report())
                        .difference(Columns.EXECUTION_TEST_SUITE)
                        .tuned())
                .isEqualTo(new Score(1, 2));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        ReportFiles.write(report(), folder);
        Report read = ReportReader.read(folder);
        assertThat(read.rows()).isEqualTo(report().rows());
        assertThat(read.provenance().rules()).isEqualTo(report().provenance().rules());
    }

    @Test
    void thePageHasTheTitleBlockAndEveryScore() {
        String page = new ReportPage(report()).source();
        assertThat(page)
                .contains("<dd>nano</dd>", "<dd>spider (2 questions)</dd>", "<dd>2026-11-22 00:10 UTC</dd>")
                .contains("execution (test suite)", "execution accuracy", "exact match")
                .contains("By category", "wrong column");
    }
}
