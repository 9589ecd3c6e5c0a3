package org.sqltune.workflow.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.contract.ContractResolution;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.deployment.gguf.GgufHead;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.workflow.EvaluationSet;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.PromptTemplates;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.model.ExportModel;

/**
 * Asks a model and its GGUF file the same questions, one in SqlTune's engine, the other in llama.cpp within this process, and
 * compares prompts, answers and scores.
 */
public final class VerifyExport {
    private static final String NO_PROBABILITIES =
            "The probabilities weren't compared: this llama.cpp can't be asked for them.";

    /** Questions after an export: enough to find a broken file. */
    private static final int AFTER_EXPORT = 5;

    private final Workspace workspace;

    /** @param workspace where models and data are found */
    public VerifyExport(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Verifies a file that was just exported. What keeps it from that, such as a run's data that isn't there any more, is a
     * remark.
     *
     * @return empty if llama.cpp isn't on the class path, or nothing could be compared
     * @throws SqlTuneException if the file misses a limit
     */
    public Optional<VerifyResult> afterExport(ExportModel.Request exported, TaskListener listener) {
        if (!workspace.runtimes().hasLlamaCpp()) {
            return Optional.empty();
        }
        ModelRequest model = exported.source();
        ModelRequest few = new ModelRequest(
                model.run().withWeaker(List.of("evaluation.max_samples=" + AFTER_EXPORT)), model.adapter());
        VerifyResult result;
        try {
            result = run(new VerifyRequest(few, exported.output(), null, exported.tokenIds()), listener);
        } catch (SqlTuneException e) {
            // Nobody asked for more than the export, which is done.
            listener.noted(exported.output() + " wasn't verified: " + e.getMessage());
            return Optional.empty();
        }
        listener.noted(result.inWords());
        result.require();
        return Optional.of(result);
    }

    /**
     * Asks, compares, and writes the report beside the file. {@link VerifyResult#require} checks the limits separately.
     *
     * @throws ConfigException if the request has faults
     * @throws SqlTuneException if the file is damaged or of a model of another shape, llama.cpp isn't on the class path or can't
     *     load the file, or the model or the questions can't be had
     */
    public VerifyResult run(VerifyRequest request, TaskListener listener) {
        RunConfig given = request.load();
        GgufHead head = GgufHead.read(request.gguf());
        requireLlamaCpp();
        requireShape(request.gguf(), head, given);
        ContractResolution contract = workspace.templates().resolve(given, request.model());
        RunConfig config = PromptTemplates.asTrained(given, contract);
        listener.began("Reading the data");
        EvaluationSet data = workspace.data().readTest(config);
        List<Example> examples = questions(data);
        PromptTemplate template = workspace.templates().of(config);
        List<OwnAnswer> own = new OwnAnswers(workspace, config, request.model().adapter())
                .of(examples, new ModelPrompts(template), listener.began("Answering in SqlTune"));
        if (own.isEmpty()) {
            throw new SqlTuneException(
                    "Every question's prompt is too long for " + config.model().name()
                            + ": name questions on smaller schemas with --data, or set data.schema_max_tokens");
        }
        List<VerifiedAnswer> answers = compared(own, request, head, listener.began("Answering in llama.cpp"));
        List<String> notes = new ArrayList<>();
        if (own.size() < examples.size()) {
            notes.add((examples.size() - own.size()) + " questions were left out: their prompts are too long.");
        }
        notes.add(NO_PROBABILITIES);
        List<Example> asked = own.stream().map(OwnAnswer::example).toList();
        listener.began("Running the answers");
        Score ownScore = executed(config, data, asked, answers, template, VerifiedAnswer::answer);
        Score otherScore = executed(config, data, asked, answers, template, VerifiedAnswer::other);
        if (ownScore.total() == 0) {
            notes.add("The answers weren't run: there is no database (data.database).");
        }
        Optional<GgufFileType> type = VerifyLimits.type(head.metadata());
        VerifyResult result = new VerifyResult(
                request.gguf(),
                type.map(each -> each.name().toLowerCase(Locale.ROOT))
                        .orElse("type " + head.metadata().get("general.file_type")),
                config.model().name(),
                VerifyLimits.of(type),
                !request.tokenIds(),
                answers,
                ownScore,
                otherScore,
                request.gguf().resolveSibling(request.gguf().getFileName() + ".verify.json"),
                notes);
        VerifyJson.write(result);
        return result;
    }

    private void requireLlamaCpp() {
        if (!workspace.runtimes().hasLlamaCpp()) {
            throw new SqlTuneException("export verify needs llama.cpp, which isn't in this jar: put sqltune-llamacpp"
                    + " and de.kherud:llama on the class path (docs/engines.md)");
        }
    }

    /** Finds a file of another model before anything is loaded, where its shape tells. */
    private void requireShape(Path file, GgufHead head, RunConfig config) {
        DecoderConfig model = DecoderConfigReader.read(workspace.models().resolveTokenizer(config.model()));
        Map<String, Object> keys = head.metadata();
        String architecture = String.valueOf(keys.get("general.architecture"));
        List<String> others = new ArrayList<>();
        compare(others, "layers", keys.get(architecture + ".block_count"), model.layers());
        compare(others, "columns", keys.get(architecture + ".embedding_length"), model.hiddenSize());
        Object tokens = keys.get("tokenizer.ggml.tokens");
        compare(
                others,
                "tokens",
                tokens instanceof List<?> list ? (Object) (long) list.size() : null,
                model.vocabSize());
        if (!others.isEmpty()) {
            throw new SqlTuneException(file + " isn't of " + config.model().name() + ": it has "
                    + String.join(", ", others) + ". Name the model that it was exported from");
        }
    }

    private static void compare(List<String> others, String what, @Nullable Object found, long expected) {
        if (!Objects.equals(found, expected)) {
            others.add((found == null ? "no known number of" : found) + " " + what + " instead of " + expected);
        }
    }

    private static List<Example> questions(EvaluationSet data) {
        List<Example> questions = data.questions();
        if (questions == null) {
            throw new ConfigException(
                    "--data", List.of("holds prompts and completions: name rows of question, schema and sql"));
        }
        return questions;
    }

    private List<VerifiedAnswer> compared(
            List<OwnAnswer> own, VerifyRequest request, GgufHead head, ProgressListener progress) {
        OtherAnswers others = new OtherAnswers(request.tokenIds() ? null : beginning(head.metadata()));
        List<VerifiedAnswer> answers = new ArrayList<>();
        try (TextCompleter llama = workspace.runtimes().llamaCpp(request.gguf(), others.form())) {
            for (OwnAnswer each : own) {
                answers.add(others.compare(each, llama));
                progress.advanced(answers.size(), own.size(), "");
            }
        }
        return answers;
    }

    /** What llama.cpp puts before a prompt. It has a default of its own for files that don't say so. */
    private static List<Long> beginning(Map<String, Object> keys) {
        Object usual = "llama".equals(keys.get("tokenizer.ggml.model"));
        boolean puts = Boolean.TRUE.equals(keys.getOrDefault("tokenizer.ggml.add_bos_token", usual));
        return puts && keys.get("tokenizer.ggml.bos_token_id") instanceof Long id ? List.of(id) : List.of();
    }

    private static Score executed(
            RunConfig config,
            EvaluationSet data,
            List<Example> examples,
            List<VerifiedAnswer> answers,
            PromptTemplate template,
            Function<VerifiedAnswer, String> text) {
        List<SqlPrediction> predictions = answers.stream()
                .map(each -> new SqlPrediction(each.id(), template.extractSql(text.apply(each)), 0, 0))
                .toList();
        return Evaluator.of(config.evaluation().withMetrics(List.of(Metric.EXECUTION_ACCURACY)), data.databases())
                .score(examples, predictions, ProgressListener.NONE)
                .report()
                .overall()
                .execution();
    }
}
