package org.sqltune.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sqltune.evaluation.html.Html;

/** Every report says at its head which run it is of, which model, which data and when. */
class TitleBlockTest {
    private static Report report(Provenance provenance, int questions) {
        ReportRow row = new ReportRow(
                "1", "zoo", "?", "SELECT 1", "SELECT 1", Map.of(), Map.of(), Map.of(), List.of(), "", null, null);
        return new Report(
                provenance, Columns.EXACT_MATCH, Collections.nCopies(questions, row), Map.of(), Map.of(), Map.of());
    }

    private static Provenance provenance(String title, Map<String, String> data, Map<String, String> model) {
        return new Provenance(title, "2026-11-30T14:41:55Z", Map.of(), data, model, Map.of(), Map.of(), Map.of());
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @Test
    void anAdaptersReportNamesBaseAndAdapter() {
        TitleBlock title = TitleBlock.of(report(
                provenance(
                        "nano_lora",
                        ordered("name", "spider", "path", "data/spider"),
                        ordered("name", "sqltune-nano", "adapter", "outputs/nano_lora/final_model")),
                2));
        assertThat(title.lines())
                .containsExactly(
                        "Run:   nano_lora",
                        "Model: sqltune-nano with outputs/nano_lora/final_model",
                        "Data:  spider, data/spider (2 questions)",
                        "Date:  2026-11-30 14:41 UTC");
    }

    @Test
    void aFilesReportNamesTheFileAndTheGold() {
        TitleBlock title = TitleBlock.of(report(
                provenance(
                        "pred.sql",
                        ordered("name", "spider", "gold", "dev.json"),
                        ordered("predictions", "runs/pred.sql", "predictions_sha256", "00")),
                1));
        assertThat(title)
                .isEqualTo(new TitleBlock(
                        "pred.sql", "runs/pred.sql", "spider, dev.json (1 question)", "2026-11-30 14:41 UTC"));
    }

    @Test
    void whatNobodySaidIsUnknown() {
        assertThat(TitleBlock.of(report(Provenance.UNKNOWN, 3)))
                .isEqualTo(new TitleBlock("Evaluation", "unknown", "3 questions", "unknown"));
    }

    @Test
    void pageAndTerminalSayTheSame() {
        TitleBlock title = new TitleBlock("a <run>", "m & n", "d", "2026-11-30 14:41 UTC");
        String html = TitleHtml.draw(title, Html.styled("span", "status", Html.text("finished")), Html.NOTHING)
                .source();
        assertThat(html)
                .startsWith("<header><h1>a &lt;run&gt;<span class=\"status\">finished</span></h1>")
                .contains("<dt>Model</dt>\n<dd>m &amp; n</dd>")
                .contains("<dt>Data</dt>\n<dd>d</dd>")
                .contains("<dt>Date</dt>\n<dd>2026-11-30 14:41 UTC</dd>");
    }

    @Test
    void anInstantIsCutToTheMinute() {
        assertThat(TitleBlock.date("2026-11-30T14:41:55.123Z")).isEqualTo("2026-11-30 14:41 UTC");
        assertThat(TitleBlock.date("yesterday")).isEqualTo("yesterday");
    }
}
