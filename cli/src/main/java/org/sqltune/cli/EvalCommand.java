package org.sqltune.cli;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.EvaluationSettings.Metric;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.EvaluationReport;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.ReportTable;
import org.sqltune.inference.ModelSqlPredictor;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.ExampleTokenizer;
import org.sqltune.training.LossEvaluator;
import org.sqltune.training.TokenLoss;
import org.sqltune.training.TokenizedExample;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sqltune eval}: scores a model, with or without an adapter, or a file of predictions. */
@Command(
        name = "eval",
        description = "Scores a model: by running its SQL, by comparing it, or by the loss of the gold answers.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune eval --adapter-path outputs/demo/final_model",
            "  sqltune eval --adapter-path outputs/spider/nano_lora/final_model --max-samples 100 --output-dir scores",
            "  sqltune eval --metrics loss --model models/tinyllama --data test.jsonl --dtype fp32",
            "  sqltune eval --predictions pred.sql --gold dev.json --tables tables.json --databases database --rows rows.jsonl"
        })
final class EvalCommand implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(EvalCommand.class);

    private final Console console;
    private final RunDataReader reader;
    private final ModelLoader loader;

    @Mixin
    private EvalOptions options = new EvalOptions();

    EvalCommand(Console console, RunDataReader reader, ModelLoader loader) {
        this.console = console;
        this.reader = reader;
        this.loader = loader;
    }

    @Override
    public void run() {
        PredictionFileOptions predictionFile = options.predictionFile();
        if (predictionFile != null) {
            new SpiderScoring(console).run(predictionFile);
        } else {
            scoreModel();
        }
    }

    private void scoreModel() {
        RunConfig config = options.load();
        EvaluationSet data = reader.readTest(config);
        data.notes().forEach(log::info);
        List<Metric> metrics = metrics(config, data);
        try (Torch torch = loader.openTorch(config.model());
                LanguageModel model = loader.load(torch, config.model())) {
            Path adapter = options.adapterPath();
            if (adapter != null) {
                model.loadAdapter(adapter);
            }
            if (metrics.stream().anyMatch(metric -> metric != Metric.LOSS)) {
                print(score(config, data, model));
            }
            if (metrics.contains(Metric.LOSS)) {
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

    private Evaluation score(RunConfig config, EvaluationSet data, LanguageModel model) {
        List<Example> questions = data.questions();
        if (questions == null) {
            throw new IllegalStateException("There are no questions to score");
        }
        PromptTemplate template = PromptTemplate.of(config.data());
        try (TaskProgress progress = console.progress("Answering")) {
            Evaluation evaluation = Evaluator.of(config.evaluation(), data.databases())
                    .evaluate(questions, new ModelSqlPredictor(model, template, config.inference()), progress);
            if (options.outputDir() != null) {
                evaluation.writeTo(options.outputDir());
            }
            if (options.report() != null) {
                evaluation.writeReport(options.report());
            }
            return evaluation;
        }
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

    private void print(Evaluation evaluation) {
        EvaluationReport report = evaluation.report();
        console.out().println(draw(report.categoryTable()));
        if (!report.failures().isEmpty()) {
            console.out().println(draw(report.failureTable()));
        }
        if (report.skipped() > 0) {
            console.out()
                    .println(report.skipped() + " examples were skipped: no database "
                            + String.join(", ", report.skippedDatabases().keySet()));
        }
    }

    private static String draw(ReportTable table) {
        return Tables.draw(table.header(), table.rows());
    }
}
