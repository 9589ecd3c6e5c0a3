package org.sqltune.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.evaluation.AnswerJournal;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonFiles;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.inference.ModelSqlPredictor;
import org.sqltune.model.LanguageModel;
import org.sqltune.workflow.EvaluationSet;

/** Has questions answered, by a model or from a file, and reports on the answers. */
final class AnswerScoring {
    private static final String JOURNAL = "answers.partial.jsonl";

    private final Console console;
    private final ReportOptions options;
    private final RunConfig config;
    private final PromptTemplate template;
    private final EvaluationSet data;

    AnswerScoring(
            Console console, ReportOptions options, RunConfig config, PromptTemplate template, EvaluationSet data) {
        this.console = console;
        this.options = options;
        this.config = config;
        this.template = template;
        this.data = data;
    }

    /**
     * Scores a model as it is.
     *
     * @param adapter the adapter that is loaded; null for none
     * @param subfolder where in the folder of reports this one goes; empty for the folder itself
     */
    Report scoreModel(LanguageModel model, @Nullable Path adapter, String subfolder) {
        EvaluationProvenance described = new EvaluationProvenance(config, questions(), template);
        Provenance provenance = described.ofModel(model.folder(), adapter);
        Path folder = folder(subfolder);
        try (ModelSqlPredictor.Session predictor =
                new ModelSqlPredictor(model, template, config.inference()).openSession()) {
            String fingerprint = described.fingerprint(provenance);
            if (folder == null) {
                return report(predictor, provenance, null, null);
            }
            try (AnswerJournal journal = AnswerJournal.open(folder.resolve(JOURNAL), fingerprint)) {
                Report report = report(predictor, provenance, folder, journal);
                journal.finish();
                return report;
            }
        }
    }

    /** Scores a file of answers. */
    Report scoreFile(Path answers) {
        Provenance provenance = new EvaluationProvenance(config, questions(), template).ofAnswers(answers);
        return report(new AnswerFile(answers), provenance, folder(""), null);
    }

    private Report report(
            SqlPredictor predictor, Provenance provenance, @Nullable Path folder, @Nullable AnswerJournal journal) {
        try (TaskProgress progress = console.progress("Answering")) {
            Evaluation evaluation = Evaluator.of(config.evaluation(), data.databases())
                    .evaluate(questions(), predictor, progress, journal);
            Report report = evaluation.toReport(provenance);
            options.write(report, folder);
            return report;
        }
    }

    /** Compares two reports and prints what changed. */
    void compare(Report baseline, Report tuned) {
        Comparison comparison = new Comparison(baseline, tuned);
        Path folder = options.outputDir();
        if (folder != null) {
            ComparisonFiles.write(comparison, folder);
        }
        new ReportPrinter(console).print(comparison);
        if (folder != null) {
            console.out().println("On a page: " + folder.resolve(ComparisonFiles.PAGE));
        }
    }

    /** Prints a report and holds it against what it must reach. */
    void finish(Report report) {
        new ReportPrinter(console).print(report);
        options.require(report);
    }

    private @Nullable Path folder(String subfolder) {
        Path folder = options.outputDir();
        return folder == null || subfolder.isEmpty() ? folder : folder.resolve(subfolder);
    }

    private List<Example> questions() {
        List<Example> questions = data.questions();
        if (questions == null) {
            throw new SqlTuneException("The data holds prompts and completions, which are scored by --metrics loss;"
                    + " for other metrics use rows of question, schema and sql");
        }
        return questions;
    }
}
