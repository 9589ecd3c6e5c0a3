package org.sqltune.workflow.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DatasetOrigin;
import org.sqltune.deployment.hub.HubCard;
import org.sqltune.deployment.hub.OutgoingFile;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportReader;
import org.sqltune.model.json.JsonObjects;
import org.sqltune.training.report.RunRecord;
import org.sqltune.workflow.evaluate.EvaluationProvenance;
import org.sqltune.workflow.model.DescribeAdapter;

/**
 * What a card says, from the files beside the weights: the adapter's settings, the record of the run, and reports. Of paths only the last name is told.
 */
final class CardFacts {
    private final PublishRequest request;
    private final JsonNode run;
    private final CardPrompts prompts;
    private final Map<Path, Report> reports = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** @throws SqlTuneException if the record of the run, the contract, or a report is damaged */
    CardFacts(PublishRequest request) {
        this.request = request;
        Path folder = request.folder();
        Path parent =
                folder == null ? null : folder.toAbsolutePath().normalize().getParent();
        Path record = parent == null ? null : parent.resolve(RunRecord.FILE);
        run = record != null && Files.isRegularFile(record) ? JsonObjects.read(record) : MissingNode.getInstance();
        prompts = CardPrompts.of(request);
        request.reports().forEach(file -> reports.put(file, ReportReader.read(file)));
    }

    /** The model that the run began with; null if there is no record. */
    @Nullable
    String baseOfRun() {
        JsonNode name = run.path("config").path("model").path("name");
        return name.isTextual() ? name.asText() : null;
    }

    /** Remarks, one sentence each, once the card was made. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * The card.
     *
     * @param files what is published beside it
     * @throws SqlTuneException if a report is of other weights
     */
    HubCard card(HubCard.@Nullable Base base, List<OutgoingFile> files) {
        HubCard.Form form = request.adapter() != null
                ? HubCard.Form.ADAPTER
                : request.model() != null ? HubCard.Form.MODEL : HubCard.Form.GGUF;
        return new HubCard(
                request.repository(),
                form,
                request.ggufs().stream().map(each -> lastName(each.toString())).toList(),
                base,
                request.license(),
                datasets(),
                facts(base),
                prompts.facts(),
                prompts.sample(),
                results(),
                hashes(files));
    }

    private List<String> datasets() {
        String name = run.path("config").path("data").path("dataset").asText();
        for (Dataset each : Dataset.values()) {
            if (each.name().equalsIgnoreCase(name)) {
                return DatasetOrigin.of(each)
                        .filter(DatasetOrigin::isOnHub)
                        .map(origin -> List.of(origin.hubName()))
                        .orElseGet(List::of);
            }
        }
        return List.of();
    }

    private Map<String, String> facts(HubCard.@Nullable Base base) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (base != null) {
            facts.put("base model", base.name() + (base.revision() == null ? "" : ", revision " + base.revision()));
        }
        if (request.adapter() != null) {
            Map<String, String> adapter = new LinkedHashMap<>(new DescribeAdapter().run(request.adapter()));
            adapter.remove("base model");
            facts.putAll(adapter);
        }
        JsonNode data = run.path("data").path("train");
        if (data.isObject()) {
            String name = run.path("config").path("data").path("dataset").asText();
            facts.put(
                    "data",
                    String.format(
                            Locale.ROOT,
                            "%s: %,d examples, %,d tokens",
                            name.equals("files") ? "own files" : name,
                            data.path("examples").asLong(),
                            data.path("tokens").asLong()));
        }
        JsonNode training = run.path("training");
        if (training.isObject()) {
            facts.put(
                    "training",
                    String.format(
                            Locale.ROOT,
                            "%,d steps, %,d examples seen",
                            training.path("steps").asLong(),
                            training.path("examples").asLong()));
            if (training.path("eval_loss").isNumber()) {
                facts.put(
                        "validation loss at the end",
                        String.format(
                                Locale.ROOT,
                                "%.4f nats a target token",
                                training.path("eval_loss").asDouble()));
            }
        }
        String version = run.path("versions").path("sqltune").asText();
        if (!version.isEmpty()) {
            facts.put("trained with", "SqlTune " + version);
        }
        return facts;
    }

    private List<HubCard.Result> results() {
        List<HubCard.Result> results = new ArrayList<>();
        for (Map.Entry<Path, Report> each : reports.entrySet()) {
            Report report = each.getValue();
            requireOwn(each.getKey(), report);
            String data = dataOf(report);
            for (ColumnDescriptor column : report.headline()) {
                OptionalDouble value = report.value(column.name());
                if (column.kind() == ColumnDescriptor.Kind.SHARE && value.isPresent()) {
                    results.add(new HubCard.Result(
                            data,
                            report.rows().size() + " questions",
                            column.name(),
                            column.title(),
                            Math.round(value.getAsDouble() * 1e4) / 1e4,
                            report.shown(column) + " ("
                                    + report.score(column).interval().percent() + ")"));
                }
            }
        }
        return results;
    }

    /** A report says which weights answered; one that doesn't, such as one of another engine, is taken with a remark. */
    private void requireOwn(Path file, Report report) {
        Path folder = request.folder();
        Map<String, String> model = report.provenance().model();
        boolean tells = model.containsKey("weights_sha256") || model.containsKey("adapter_sha256");
        if (folder == null || !tells) {
            notes.add("Which weights " + file + " is of, nobody can tell: check that it is of these");
            return;
        }
        String adapter = model.getOrDefault("adapter_sha256", "");
        String answered = request.adapter() != null ? adapter : adapter.isEmpty() ? model.get("weights_sha256") : "";
        if (!EvaluationProvenance.hashOfWeights(folder).equals(answered)) {
            throw new SqlTuneException("--report " + file + " is of other weights than " + folder
                    + ": run sqltune eval on what is published");
        }
    }

    private Map<String, String> hashes(List<OutgoingFile> files) {
        Map<String, String> hashes = new LinkedHashMap<>();
        putHash(
                hashes,
                "training set, as prompts and completions",
                run.path("data").path("train"));
        putHash(
                hashes,
                "validation set, as prompts and completions",
                run.path("data").path("validation"));
        for (JsonNode file : run.path("data").path("files")) {
            if (file.path("sha256").asText().matches("[0-9a-f]{64}")) {
                hashes.put(
                        "data file " + lastName(file.path("path").asText()),
                        file.path("sha256").asText());
            }
        }
        for (Report report : reports.values()) {
            hashes.put("questions of " + dataOf(report) + ", " + report.rows().size(), report.questionsHash());
        }
        files.forEach(file -> hashes.put(file.path(), file.sha256()));
        return hashes;
    }

    private static void putHash(Map<String, String> hashes, String name, JsonNode set) {
        if (set.path("sha256").isTextual()) {
            hashes.put(name, set.path("sha256").asText());
        }
    }

    private static String dataOf(Report report) {
        return lastName(report.provenance().data().getOrDefault("name", "questions"));
    }

    /** The last name of a path, of whatever system. */
    private static String lastName(String path) {
        return path.replaceFirst("(?s).*[/\\\\]", "");
    }
}
