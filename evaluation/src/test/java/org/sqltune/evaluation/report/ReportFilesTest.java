package org.sqltune.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.evaluation.metric.Interval;
import org.sqltune.evaluation.outline.ErrorKind;

class ReportFilesTest {
    private static final ResultExcerpt RESULT =
            new ResultExcerpt(List.of("name", "<i>"), List.of(Arrays.asList("Zoë", null)), 7);
    private static final Report REPORT = new Report(
            new Provenance(
                    "tuned",
                    "2026-11-22T00:10:00Z",
                    Map.of("sqltune", "1.0"),
                    Map.of("name", "demo"),
                    Map.of("name", "nano"),
                    Map.of("format", "inst"),
                    Map.of("temperature", "0"),
                    Map.of("execution_accuracy", "equal results")),
            Columns.EXECUTION_ACCURACY,
            List.of(
                    row("a", "easy", true, List.of(), RESULT),
                    row("b", "extra", false, List.of(ErrorKind.FILTER, ErrorKind.ORDER), null),
                    row("c", "extra", false, List.of(ErrorKind.ORDER), RESULT)),
            Map.of(Columns.BLEU, 12.5),
            Map.of(ColumnDescriptor.total("skipped_examples", "examples"), 2.0),
            Map.of("wta_1", 2));

    @TempDir
    private Path folder;

    private static ReportRow row(
            String id, String hardness, boolean right, List<ErrorKind> errors, ResultExcerpt result) {
        return new ReportRow(
                id,
                "zoo",
                "Which <script>alert(1)</script> " + id + "?",
                "SELECT 1",
                "SELECT '</style>'",
                Map.of(Columns.HARDNESS, hardness),
                Map.of(Columns.EXECUTION_ACCURACY, right),
                Map.of(Columns.SECONDS, 0.5),
                errors,
                right ? "" : "wrong result: other values",
                RESULT,
                result);
    }

    @Test
    void theReportIsJsonWithScoresGroupsErrorsAndRows() throws IOException {
        ReportFiles.write(REPORT, folder);
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(folder.resolve("report.json").toFile());
        assertThat(json.at("/format").asInt()).isEqualTo(1);
        assertThat(json.at("/data/questions_sha256").asText()).hasSize(64);
        assertThat(json.at("/execution_accuracy/correct").asInt()).isEqualTo(1);
        assertThat(json.at("/execution_accuracy/low").asDouble()).isCloseTo(0.0615, within(1e-3));
        assertThat(json.at("/by_hardness/extra/execution_accuracy/total").asInt())
                .isEqualTo(2);
        assertThat(json.at("/errors/order/all").asInt()).isEqualTo(2);
        assertThat(json.at("/errors/order/main").asInt()).isEqualTo(1);
        assertThat(json.at("/seconds").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/bleu").asDouble()).isEqualTo(12.5);
        assertThat(json.at("/skipped_examples").asInt()).isEqualTo(2);
        assertThat(json.at("/rows/1/gold_result/rows/0/1").isNull()).isTrue();
        assertThat(folder.resolve("predictions.jsonl")).content().hasLineCount(3);
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        ReportFiles.write(REPORT, folder);
        Report read = ReportReader.read(folder);
        assertThat(read.rows())
                .usingRecursiveComparison()
                .ignoringFields("labels")
                .isEqualTo(REPORT.rows());
        assertThat(read.rows().get(1).labels())
                .containsEntry(Columns.HARDNESS, "extra")
                .containsEntry(Columns.DATABASE, "zoo");
        assertThat(read.provenance().model()).isEqualTo(REPORT.provenance().model());
        assertThat(read.skippedDatabases()).isEqualTo(REPORT.skippedDatabases());
        assertThat(read.questionsHash()).isEqualTo(REPORT.questionsHash());
    }

    @Test
    void questionsThatWereChangedAfterwardsAreNoticed() throws IOException {
        ReportFiles.write(REPORT, folder);
        Path file = folder.resolve("report.json");
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"gold\" : \"SELECT 1\"", "\"gold\" : \"SELECT 2\""));
        assertThatThrownBy(() -> ReportReader.read(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("was changed after it was written");
    }

    @Test
    void whatIsNoReportIsNamedWithTheRemedy() throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), "{\"format\": 7}");
        assertThatThrownBy(() -> ReportReader.read(file)).hasMessageContaining("sqltune eval --output-dir");
        Files.writeString(file, "no json");
        assertThatThrownBy(() -> ReportReader.read(file)).hasMessageContaining("isn't JSON");
        assertThatThrownBy(() -> ReportReader.read(folder.resolve("none.json"))).hasMessageContaining("check the path");
    }

    @Test
    void nothingOfTheDataIsMarkupOnThePage() {
        String page = new ReportPage(REPORT).source();
        assertThat(page)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)")
                .contains("SELECT &#39;&lt;/style&gt;&#39;")
                .contains("default-src 'none'")
                .doesNotContain("http://")
                .doesNotContain("https://");
        assertThat(page.split("</style>", -1)).hasSize(2);
    }

    @Test
    void thePageHasAFilterForWhatAnswersDifferIn() {
        String page = new ReportPage(REPORT).source();
        assertThat(page).contains("<option value=\"f0-0\" selected=\"selected\">wrong</option>");
        String hardness = page.replaceAll("(?s).*<option value=\"(f\\d-\\d)\">extra</option>.*", "$1");
        assertThat(page)
                .contains("body:has(option[value=\"" + hardness + "\"]:checked) .answer:not(." + hardness + ")");
        assertThat(page).containsPattern("<article class=\"answer f0-0 [^\"]*" + hardness);
    }

    @Test
    void tablesShowScoresAndErrors() {
        ReportTables tables = new ReportTables(REPORT);
        assertThat(tables.scores().rows()).contains(List.of("execution accuracy", "33.3 %", "6.1 to 79.2 %", "3"));
        assertThat(tables.groups(Columns.HARDNESS).rows())
                .containsExactly(
                        List.of("easy", "1", "100.0 %"), List.of("extra", "2", "0.0 %"), List.of("all", "3", "33.3 %"));
        assertThat(tables.errors().rows()).contains(List.of("order or limit", "1", "2"));
    }

    /** scipy 1.17.1: {@code binomtest(k, n).proportion_ci(method="wilson")}. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.0, 0.27753279986288926",
        "10, 10, 0.7224672001371109, 1.0",
        "14, 50, 0.1747417066591123, 0.41665123695956563",
        "18, 50, 0.2413874965184674, 0.4985898312388731",
        "105, 972, 0.09003084691905539, 0.12910460473425092"
    })
    void intervalsAreWilsons(int correct, int total, double low, double high) {
        Interval interval = Interval.wilson(correct, total);
        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }
}
