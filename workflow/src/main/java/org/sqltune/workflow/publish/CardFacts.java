package org.sqltune.workflow.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DatasetOrigin;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.schema.DeclaredSchema;
import org.sqltune.core.text.Failures;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufHead;
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
 * What a card says, from the files beside the weights: the adapter's settings, the prompt contract, the record of the run,
 * and reports. Of paths only the last name is told.
 */
final class CardFacts {
    private static final String SAMPLE_SCHEMA =
            "CREATE TABLE singer (singer_id INTEGER PRIMARY KEY, name TEXT, country TEXT, age INTEGER);";
    private static final String SAMPLE_QUESTION = "How many singers are from France?";

    private final PublishRequest request;
    private final JsonNode run;
    private final @Nullable PromptContract contract;
    private final List<String> notes = new ArrayList<>();

    /** @throws SqlTuneException if the record of the run, or the contract, is damaged */
    CardFacts(PublishRequest request) {
        this.request = request;
        Path folder = request.folder();
        Path parent =
                folder == null ? null : folder.toAbsolutePath().normalize().getParent();
        Path record = parent == null ? null : parent.resolve(RunRecord.FILE);
        run = record != null && Files.isRegularFile(record) ? JsonObjects.read(record) : MissingNode.getInstance();
        contract = folder == null
                ? ofGguf(request.ggufs())
                : ContractFile.read(folder).orElse(null);
    }

    /** The contract that a file carries, read as the file {@code sqltune.json} that it was. */
    private static @Nullable PromptContract ofGguf(List<Path> ggufs) {
        for (Path gguf : ggufs) {
            if (GgufHead.read(gguf).metadata().get(GgufExport.CONTRACT_KEY) instanceof String text) {
                return read(text);
            }
        }
        return null;
    }

    private static @Nullable PromptContract read(String text) {
        try {
            Path temporary = Files.createTempDirectory("sqltune");
            try {
                Files.writeString(temporary.resolve(ContractFile.NAME), text);
                return ContractFile.read(temporary).orElse(null);
            } finally {
                AtomicFiles.deleteRecursively(temporary);
            }
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't write to the folder for temporary files: " + Failures.reason(e) + ". Check the disk", e);
        }
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
     * @throws SqlTuneException if a report can't be read, or is of other weights
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
                prompts(),
                samplePrompt(),
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

    private Map<String, String> prompts() {
        Map<String, String> prompts = new LinkedHashMap<>();
        if (contract == null) {
            return prompts;
        }
        prompts.put("form", contract.promptFormat() == null ? "as in the data" : lowerCase(contract.promptFormat()));
        if (contract.promptFormat() != null) {
            prompts.put("schema", lowerCase(contract.schemaFormat()) + shown());
        }
        prompts.put("dialect", lowerCase(contract.dialect()));
        if (contract.maxLength() != null) {
            prompts.put("longest in training", contract.maxLength() + " tokens, prompt and answer");
        }
        prompts.put("hash of the contract", ContractFile.hash(contract));
        return prompts;
    }

    private String shown() {
        PromptContract known = Objects.requireNonNull(contract);
        List<String> parts = new ArrayList<>();
        if (known.primaryKeys()) {
            parts.add("primary keys");
        }
        if (known.foreignKeys()) {
            parts.add("foreign keys");
        }
        if (known.comments()) {
            parts.add("comments");
        }
        if (known.sampleValues() > 0) {
            parts.add(known.sampleValues() + " sample values a column");
        }
        if (known.valueLinks() > 0) {
            parts.add("up to " + known.valueLinks() + " values that the question mentions");
        }
        return parts.isEmpty() ? "" : ", with " + String.join(", ", parts);
    }

    /** Chat templates need the tokenizer's tokens: their prompts are left to whoever loads it. */
    private @Nullable String samplePrompt() {
        if (contract == null || contract.promptFormat() == null || contract.chatTemplate() != null) {
            return null;
        }
        SqlQuestion question =
                new SqlQuestion("example", "concerts", SAMPLE_QUESTION, DeclaredSchema.read(SAMPLE_SCHEMA, "concerts"));
        return contract.template(String::length).render(question);
    }

    private List<HubCard.Result> results() {
        List<HubCard.Result> results = new ArrayList<>();
        for (Path file : request.reports()) {
            Report report = ReportReader.read(file);
            requireOwn(file, report);
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
        for (Path report : request.reports()) {
            Report read = ReportReader.read(report);
            hashes.put("questions of " + dataOf(read) + ", " + read.rows().size(), read.questionsHash());
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

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
