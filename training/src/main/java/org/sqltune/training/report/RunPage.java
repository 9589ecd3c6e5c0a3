package org.sqltune.training.report;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.html.HtmlPage;
import org.sqltune.evaluation.report.TitleBlock;
import org.sqltune.evaluation.report.TitleHtml;

/**
 * {@code run.html}: the run on one page, which needs no other file, script or network.
 *
 * @param run the run's summary
 * @param history its metrics
 * @param evaluations its answers, by set
 * @param folder where it goes
 */
record RunPage(RunRecord run, RunHistory history, Map<String, EvaluationPair> evaluations, Path folder) {
    static final String FILE = "run.html";

    /** Seconds after which a browser looks whether a run that is under way has come further. */
    private static final int REFRESH_SECONDS = 30;

    void write() {
        AtomicFiles.writeString(folder.resolve(FILE), source());
    }

    String source() {
        String name = folder.toAbsolutePath().normalize().getFileName() + " · SqlTune run";
        int refresh = run.status() == RunStatus.RUNNING ? REFRESH_SECONDS : 0;
        return new HtmlPage(name, refresh, "", body()).source();
    }

    private Html body() {
        return Html.all(
                header(),
                Html.element(
                        "main",
                        new SummaryCards(run).draw(),
                        new CurveSection(history, run.best()).draw(),
                        new ScoreSection(run.scores(), evaluations).draw(),
                        new DetailSection(run, folder).draw()),
                footer());
    }

    private Html header() {
        String status = run.status().name().toLowerCase(Locale.ROOT);
        return TitleHtml.draw(
                title(),
                Html.styled("span", "status " + status, Html.text(status)),
                run.error() == null ? Html.NOTHING : Html.styled("p", "error", Html.text(run.error())));
    }

    private TitleBlock title() {
        return RunReport.title(run.config(), folder, run.startedAt());
    }

    private Html footer() {
        return Html.element(
                "footer",
                Html.text("SqlTune " + run.versions().getOrDefault("sqltune", "") + ", written "
                        + TitleBlock.date(run.updatedAt())
                        + ". Losses are mean cross-entropies of a target token, in nats."));
    }
}
