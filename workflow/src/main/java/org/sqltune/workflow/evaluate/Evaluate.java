package org.sqltune.workflow.evaluate;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.thread.BackgroundResource;
import org.sqltune.data.prompt.contract.ContractResolution;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonFiles;
import org.sqltune.evaluation.report.Report;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.batch.ExampleTokenizer;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.gradient.LossEvaluator;
import org.sqltune.training.gradient.LossEvaluator.TokenLoss;
import org.sqltune.workflow.EvaluationSet;
import org.sqltune.workflow.ExecutionCheck;
import org.sqltune.workflow.PromptTemplates;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Scores a model, with or without an adapter, or a file of answers. */
public final class Evaluate {
    private static final Logger log = LoggerFactory.getLogger(Evaluate.class);

    private final Workspace workspace;

    /** @param workspace finds models and data */
    public Evaluate(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Like {@link #run(EvaluateRequest, TaskListener)}, without a listener. */
    public EvaluateResult run(EvaluateRequest request) {
        return run(request, TaskListener.NONE);
    }

    /**
     * Scores the answers and writes the requested reports. {@link ReportRequest#require} checks required scores
     * separately.
     *
     * @param listener receives tasks and their progress
     * @throws ConfigException if the request is impossible; thrown before anything is loaded
     * @throws org.sqltune.core.SqlTuneException if the data, the model or the answers can't be loaded
     */
    public EvaluateResult run(EvaluateRequest request, TaskListener listener) {
        RunConfig given = request.load();
        return request.reports().whileLocked(() -> evaluate(request, given, listener));
    }

    private EvaluateResult evaluate(EvaluateRequest request, RunConfig given, TaskListener listener) {
        Path answers = request.answers();
        if (answers != null) {
            return scoreFile(answers, request, given, listener);
        }
        ContractResolution prompts = workspace.templates().resolve(given, request.model());
        RunConfig config = PromptTemplates.asTrained(given, prompts);
        if (!config.inference().runtime().isNative()) {
            EvaluationSet data = read(request, config, prompts, listener);
            AnswerScoring scoring = scoring(request, config, data, listener);
            return scoreServed(request, config, data, metrics(request, config, data), scoring);
        }
        // Starting libtorch takes about as long as reading the data, and has nothing to do with it.
        try (BackgroundResource<Torch> torch =
                new BackgroundResource<>(() -> workspace.loader().openTorch(config.model()))) {
            EvaluationSet data = read(request, config, prompts, listener);
            AnswerScoring scoring = scoring(request, config, data, listener);
            List<Metric> metrics = metrics(request, config, data);
            listener.began("Loading " + config.model().name());
            try (LanguageModel model = workspace
                    .loader()
                    .load(torch.get(), config.model(), config.inference().weights())) {
                return scoreModel(request, config, data, metrics, scoring, model, listener);
            }
        }
    }

    private EvaluationSet read(
            EvaluateRequest request, RunConfig config, ContractResolution prompts, TaskListener listener) {
        EvaluationSet data = read(request, config, listener);
        if (data.questions() != null) {
            prompts.tell(log);
        }
        return data;
    }

    private EvaluateResult scoreFile(Path answers, EvaluateRequest request, RunConfig config, TaskListener listener) {
        EvaluationSet data = read(request, config, listener);
        Report report = scoring(request, config, data, listener).scoreFile(answers);
        return new EvaluateResult(config, report, null, null, data.notes());
    }

    private EvaluationSet read(EvaluateRequest request, RunConfig config, TaskListener listener) {
        listener.began("Reading the data");
        EvaluationSet data = request.calibrate()
                ? workspace.data().readValidation(config)
                : workspace.data().readTest(config);
        data.notes().forEach(log::info);
        if (data.questions() != null) {
            ExecutionCheck.check(request.model().run(), config, data.databases(), data.questions());
        }
        return data;
    }

    private AnswerScoring scoring(
            EvaluateRequest request, RunConfig config, EvaluationSet data, TaskListener listener) {
        return new AnswerScoring(
                request.reports(), config, workspace.templates().of(config), data, listener);
    }

    /** A model that another runtime computes: its answers are all that can be had of it. */
    private EvaluateResult scoreServed(
            EvaluateRequest request,
            RunConfig config,
            EvaluationSet data,
            List<Metric> metrics,
            AnswerScoring scoring) {
        String engine =
                "inference.engine " + config.inference().runtime().engine().spelling();
        if (metrics.contains(Metric.LOSS)) {
            throw new ConfigException(
                    "evaluation.metrics", List.of("loss can't be had from " + engine + ": leave it out of --metrics"));
        }
        if (request.baseline()) {
            throw new ConfigException(
                    "--baseline",
                    List.of(engine + " has one model: evaluate each by itself, and compare the reports with sqltune"
                            + " compare"));
        }
        ModelPrompts prompts = workspace.templates().prompts(config);
        try (TextToSql model = workspace.runtimes().open(config, prompts)) {
            Report report =
                    scoring.scoreServed(model.predictor(), request.model().adapter());
            return new EvaluateResult(config, report, null, null, data.notes());
        }
    }

    private static EvaluateResult scoreModel(
            EvaluateRequest request,
            RunConfig config,
            EvaluationSet data,
            List<Metric> metrics,
            AnswerScoring scoring,
            LanguageModel model,
            TaskListener listener) {
        boolean answering = metrics.stream().anyMatch(metric -> metric != Metric.LOSS);
        Path adapter = request.model().adapter();
        Answered answered = answering ? answered(request, config, data, scoring, model) : Answered.NOTHING;
        TokenLoss loss = null;
        if (metrics.contains(Metric.LOSS)) {
            if (adapter != null) {
                model.loadAdapter(adapter);
            }
            loss = loss(data.prompts().get(), model, listener);
        }
        return new EvaluateResult(config, answered.report(), answered.comparison(), loss, data.notes());
    }

    /** The report of a model's answers, and how they compare with those of its base. */
    private record Answered(
            @Nullable Report report, @Nullable Comparison comparison) {
        static final Answered NOTHING = new Answered(null, null);
    }

    /** Base and adapter are asked as {@code infer} asks them: the adapter has a name, and attaching it costs nothing. */
    private static Answered answered(
            EvaluateRequest request, RunConfig config, EvaluationSet data, AnswerScoring scoring, LanguageModel model) {
        Path adapter = request.model().adapter();
        try (TextToSql sql = TextToSql.over(model, scoring.prompts(), config.inference())) {
            QueryDatabases databases = Evaluator.databases(config.evaluation(), data.databases());
            if (databases != null) {
                sql.runOn(databases, Evaluator.limits(config.evaluation()));
            }
            Report baseline =
                    request.baseline() ? scoring.scoreModel(sql.predictor(), model.folder(), null, "baseline") : null;
            if (adapter != null) {
                sql.use(adapter);
            }
            Report tuned = request.calibrate() && adapter != null
                    ? scoring.calibrate(sql, model.folder(), adapter)
                    : scoring.scoreModel(sql.predictor(), model.folder(), adapter, baseline == null ? "" : "tuned");
            Comparison comparison = baseline == null
                    ? null
                    : compared(baseline, tuned, request.reports().outputDir());
            return new Answered(tuned, comparison);
        }
    }

    private static Comparison compared(Report baseline, Report tuned, @Nullable Path folder) {
        Comparison comparison = new Comparison(baseline, tuned);
        if (folder != null) {
            ComparisonFiles.write(comparison, folder);
        }
        return comparison;
    }

    /** Returns the metrics; for ready prompts, which only the loss can score, it is the default. */
    private static List<Metric> metrics(EvaluateRequest request, RunConfig config, EvaluationSet data) {
        List<Metric> metrics = config.evaluation().metrics();
        if (data.questions() != null) {
            return metrics;
        }
        if (request.namesMetrics() && !metrics.equals(List.of(Metric.LOSS))) {
            throw AnswerScoring.noQuestions();
        }
        return List.of(Metric.LOSS);
    }

    /** Computes the loss without truncating examples. */
    private static TokenLoss loss(List<PromptCompletion> prompts, LanguageModel model, TaskListener listener) {
        List<TokenizedExample> examples = new ExampleTokenizer(model.tokenizer(), Integer.MAX_VALUE)
                .tokenize("evaluation", prompts)
                .examples();
        return new LossEvaluator(model.decoder()).evaluate(examples, listener.began("Measuring the loss"));
    }
}
