package org.sqltune.training.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.io.AtomicFiles;

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
    private static final String REFRESH = "<meta http-equiv=\"refresh\" content=\"30\">\n";

    void write() {
        AtomicFiles.writeString(folder.resolve(FILE), source());
    }

    String source() {
        String name = folder.toAbsolutePath().normalize().getFileName() + " · SqlTune run";
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                %s%s
                <style>
                %s</style>
                </head>
                <body>
                %s
                </body>
                </html>
                """.formatted(
                        run.status() == RunStatus.RUNNING ? REFRESH : "",
                        Html.element("title", Html.text(name)).source(),
                        style(),
                        body().source());
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
        String config = run.config().path("model").path("name").asText() + " · "
                + run.config().path("training").path("method").asText() + " · "
                + run.config().path("data").path("dataset").asText();
        return Html.element(
                "header",
                Html.element(
                        "h1",
                        Html.text(String.valueOf(
                                folder.toAbsolutePath().normalize().getFileName())),
                        Html.styled("span", "status " + status, Html.text(status))),
                Html.element("p", Html.text(config + " · " + day(run.startedAt()))),
                run.error() == null ? Html.NOTHING : Html.styled("p", "error", Html.text(run.error())));
    }

    private Html footer() {
        return Html.element(
                "footer",
                Html.text("SqlTune " + run.versions().getOrDefault("sqltune", "") + ", written " + day(run.updatedAt())
                        + ". Losses are mean cross-entropies of a target token, in nats."));
    }

    private static String day(String instant) {
        return instant.substring(0, 16).replace('T', ' ') + " UTC";
    }

    private static String style() {
        try (InputStream in = RunPage.class.getResourceAsStream("run.css")) {
            if (in == null) {
                throw new IllegalStateException("The jar was packed without run.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part of the page under a heading; nothing if it is empty. */
    static Html section(String heading, List<Html> content) {
        Html inside = Html.all(content);
        return inside.source().isBlank()
                ? Html.NOTHING
                : Html.element("section", Html.element("h2", Html.text(heading)), inside);
    }
}
