package org.sqltune.cli;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.evaluation.report.Report;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.batch.ExampleTokenizer;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.gradient.LossEvaluator.TokenLoss;
import org.sqltune.training.gradient.LossEvaluator;
import org.sqltune.workflow.EvaluationSet;
import org.sqltune.workflow.PromptTemplates;
import org.sqltune.workflow.RunDataReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sqltune eval}: scores a model, with or without an adapter, or a file of predictions. */
@Command(
        name = "eval",
        description = "Scores a model: by running its SQL, by comparing it, or by the loss of the gold answers.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune eval --adapter-path outputs/demo/final_model",
            "  sqltune eval --adapter-path outputs/demo/final_model --baseline --output-dir scores",
            "  sqltune eval --adapter-path outputs/demo/final_model --fail-under execution_accuracy=0.3",
            "  sqltune eval --adapter-path outputs/spider/nano_lora/final_model --max-samples 100 --output-dir scores",
            "  sqltune eval --metrics loss --model models/tinyllama --data test.jsonl --dtype fp32",
            "  sqltune eval --predictions pred.sql --gold dev.json --tables tables.json --databases database --rows rows.jsonl"
        })
final class EvalCommand implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(EvalCommand.class);

    private final Console console;
    private final RunDataReader reader;
    private final ModelLoader loader;
    private final PromptTemplates templates;

    @Mixin
    private EvalOptions options = new EvalOptions();

    EvalCommand(Console console, RunDataReader reader, ModelLoader loader, PromptTemplates templates) {
        this.console = console;
        this.reader = reader;
        this.loader = loader;
        this.templates = templates;
    }

    @Override
    public void run() {
        options.check();
        PredictionFileOptions predictionFile = options.predictionFile();
        if (predictionFile != null) {
            new PredictionFileScoring(console, options.reports()).run(predictionFile);
            return;
        }
        RunConfig config = options.load();
        EvaluationSet data = reader.readTest(config);
        data.notes().forEach(log::info);
        Path answers = options.answers();
        if (answers != null) {
            AnswerScoring scoring = new AnswerScoring(console, options.reports(), config, templates.of(config), data);
            scoring.finish(scoring.scoreFile(answers));
        } else {
            scoreModel(config, data);
        }
    }

    private void scoreModel(RunConfig config, EvaluationSet data) {
        List<Metric> metrics = metrics(config, data);
        boolean answering = metrics.stream().anyMatch(metric -> metric != Metric.LOSS);
        AnswerScoring scoring = new AnswerScoring(console, options.reports(), config, templates.of(config), data);
        try (Torch torch = loader.openTorch(config.model());
                LanguageModel model = loader.load(torch, config.model())) {
            Path adapter = options.adapterPath();
            Report baseline = options.baseline() && answering ? scoring.scoreModel(model, null, "baseline") : null;
            if (adapter != null) {
                model.loadAdapter(adapter);
            }
            if (answering) {
                Report tuned = scoring.scoreModel(model, adapter, baseline == null ? "" : "tuned");
                if (baseline != null) {
                    scoring.compare(baseline, tuned);
                }
                if (metrics.contains(Metric.LOSS)) {
                    console.out().println(json(loss(data.prompts(), model)));
                }
                scoring.finish(tuned);
            } else {
                console.out().println(json(loss(data.prompts(), model)));
            }
        }
    }

    /** Ready prompts can only be scored by loss: that is what is meant unless something else is asked for. */
    private List<Metric> metrics(RunConfig config, EvaluationSet data) {
        List<Metric> metrics = config.evaluation().metrics();
        if (data.questions() != null) {
            return metrics;
        }
        if (options.namesMetrics() && !metrics.equals(List.of(Metric.LOSS))) {
            throw new SqlTuneException("The data holds prompts and completions, which are scored by --metrics loss;"
                    + " for other metrics use rows of question, schema and sql");
        }
        return List.of(Metric.LOSS);
    }

    /** Nothing is cut off: the loss is that of the whole file. */
    private TokenLoss loss(List<PromptCompletion> prompts, LanguageModel model) {
        List<TokenizedExample> examples = new ExampleTokenizer(model.tokenizer(), Integer.MAX_VALUE)
                .tokenize("evaluation", prompts)
                .examples();
        try (TaskProgress progress = console.progress("Measuring the loss")) {
            return new LossEvaluator(model.decoder()).evaluate(examples, progress);
        }
    }

    private static String json(TokenLoss loss) {
        return "{\"loss\":" + loss.loss() + ",\"token_accuracy\":" + loss.tokenAccuracy() + ",\"target_tokens\":"
                + loss.targetTokens() + "}";
    }
}
