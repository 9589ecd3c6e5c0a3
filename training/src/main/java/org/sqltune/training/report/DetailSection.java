package org.sqltune.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigWriter;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.html.HtmlPage;
import org.sqltune.training.report.DataRecord.DataFile;
import org.sqltune.training.report.DataRecord.DataSet;

/**
 * What a run was made of: data, warnings, configuration, machine, files.
 *
 * @param run the run's summary
 * @param folder the run's folder
 */
record DetailSection(RunRecord run, Path folder) {
    private static final int SHORT_HASH = 12;
    private static final int FOLDER_DEPTH = 2;

    Html draw() {
        return Html.all(
                HtmlPage.section("Data", data()),
                HtmlPage.section("Notes", notes()),
                HtmlPage.section("Configuration", List.of(configuration())),
                HtmlPage.section("Machine and versions", List.of(machine())),
                HtmlPage.section("Files", List.of(files())));
    }

    private List<Html> data() {
        DataRecord data = run.data();
        if (data == null) {
            return List.of();
        }
        List<Html> rows = new ArrayList<>();
        rows.add(row("th", "", "examples", "tokens", "to learn", "cut off", "left out", "SHA-256"));
        rows.add(set("training", data.train()));
        DataSet validation = data.validation();
        if (validation != null) {
            rows.add(set("validation", validation));
        }
        List<Html> parts = new ArrayList<>(List.of(Html.styled("table", "numbers", Html.all(rows))));
        if (!data.files().isEmpty()) {
            parts.add(Html.styled(
                    "table",
                    "pairs",
                    Html.all(data.files().stream().map(this::file).toList())));
        }
        return parts;
    }

    private static Html set(String name, DataSet set) {
        return row(
                "td",
                name,
                Words.count(set.examples()),
                Words.count(set.tokens()),
                Words.count(set.targetTokens()),
                Words.count(set.shortened()),
                Words.count(set.dropped()),
                shortened(set.sha256()));
    }

    private Html file(DataFile file) {
        return pair(file.path(), Words.bytes(file.bytes()) + ", SHA-256 " + shortened(file.sha256()), "");
    }

    private static String shortened(String hash) {
        return hash.length() > SHORT_HASH ? hash.substring(0, SHORT_HASH) + "…" : hash;
    }

    private static Html row(String cell, String... texts) {
        return Html.element(
                "tr",
                Html.all(Stream.of(texts)
                        .map(each -> Html.element(cell, Html.text(each)))
                        .toList()));
    }

    private List<Html> notes() {
        List<Html> items = run.warnings().stream()
                .distinct()
                .map(each -> Html.element("li", Html.text(each)))
                .toList();
        return items.isEmpty() ? List.of() : List.of(Html.element("ul", Html.all(items)));
    }

    /** Every key; those that aren't the defaults stand out. */
    private Html configuration() {
        ObjectNode defaults = RunConfigWriter.toTree(RunConfig.defaults());
        List<Html> sections = new ArrayList<>();
        run.config().properties().forEach(section -> {
            List<Html> rows = section.getValue().properties().stream()
                    .map(each -> {
                        JsonNode usual = defaults.path(section.getKey()).path(each.getKey());
                        String style = each.getValue().equals(usual) ? "" : "changed";
                        return pair(each.getKey(), shown(each.getValue()), style);
                    })
                    .toList();
            sections.add(Html.element(
                    "div",
                    Html.element("h3", Html.text(section.getKey())),
                    Html.styled("table", "pairs", Html.all(rows))));
        });
        return Html.styled("div", "columns", Html.all(sections));
    }

    private static String shown(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(each -> items.add(each.asText()));
            return String.join(", ", items);
        }
        return value.isNull() ? "–" : value.asText();
    }

    private Html machine() {
        Machine machine = run.machine();
        List<Html> rows = new ArrayList<>();
        rows.add(pair("device", known(machine.device()), ""));
        rows.add(pair("arithmetic", known(machine.arithmetic()), ""));
        rows.add(pair("processor", machine.processor(), ""));
        rows.add(pair("threads", machine.threads() + " of " + machine.logicalProcessors() + " logical processors", ""));
        Long memory = machine.memoryBytes();
        if (memory != null) {
            rows.add(pair("memory", Words.bytes(memory), ""));
        }
        rows.add(pair("system", machine.os(), ""));
        RunRecord.ModelSize model = run.model();
        if (model != null) {
            rows.add(pair("parameters trained", Words.count(model.trainableParameters()), ""));
            rows.add(pair("parameters of the model", Words.count(model.allParameters()), ""));
        }
        run.versions().forEach((name, version) -> rows.add(pair(name, version, "")));
        return Html.styled("table", "pairs", Html.all(rows));
    }

    private static String known(@Nullable String value) {
        return value == null ? "–" : value;
    }

    private static Html pair(String key, String value, String style) {
        return Html.element("tr", Html.element("th", Html.text(key)), Html.styled("td", style, Html.text(value)));
    }

    private Html files() {
        try (Stream<Path> found = Files.walk(folder, FOLDER_DEPTH)) {
            List<Html> links = found.filter(each -> !each.equals(folder))
                    .map(folder::relativize)
                    .filter(DetailSection::isShown)
                    .sorted()
                    .map(DetailSection::link)
                    .toList();
            return Html.styled("ul", "files", Html.all(links));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files and folders of the run, and one level more of its evaluations. */
    private static boolean isShown(Path path) {
        return !path.toString().startsWith(".")
                && (path.getNameCount() == 1 && !path.startsWith("evaluation")
                        || path.startsWith("evaluation") && path.getNameCount() > 1);
    }

    private static Html link(Path path) {
        String name = path.toString().replace('\\', '/');
        return Html.element(
                "li",
                Html.element(
                        "a",
                        Map.of(
                                "href",
                                "./"
                                        + name.replace("%", "%25")
                                                .replace("#", "%23")
                                                .replace("?", "%3F")),
                        Html.text(name)));
    }
}
