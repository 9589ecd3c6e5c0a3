package org.sqltune.workflow.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.evaluation.AnswerJournal;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.ScoredPrediction;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.choice.Confidence;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.workflow.EmptyAnswers;
import org.sqltune.workflow.EvaluationSet;
import org.sqltune.workflow.TaskListener;

/** Scores the answers of a model or a file, and writes the reports. */
final class AnswerScoring {
    private static final Logger log = LoggerFactory.getLogger(AnswerScoring.class);
    private static final String JOURNAL = "answers.partial.jsonl";

    private final ReportRequest reports;
    private final RunConfig config;
    private final PromptTemplate template;
    private final EvaluationSet data;
    private final TaskListener listener;

    AnswerScoring(
            ReportRequest reports,
            RunConfig config,
            PromptTemplate template,
            EvaluationSet data,
            TaskListener listener) {
        this.reports = reports;
        this.config = config;
        this.template = template;
        this.data = data;
        this.listener = listener;
    }

    /**
     * Scores a loaded model.
     *
     * @param folder the model's files
     * @param adapter the adapter that answers; null for none
     * @param subfolder the report's subfolder of the output folder; empty for the output folder itself
     */
    Report scoreModel(SqlPredictor predictor, Path folder, @Nullable Path adapter, String subfolder) {
        Provenance provenance = new EvaluationProvenance(config, template).ofModel(questions(), folder, adapter);
        return journaled(predictor, provenance, reports.folder(subfolder));
    }

    /**
     * Fits confidence to the answers of an adapter, and keeps it in its folder.
     *
     * @return the report, with the confidences that were fitted
     */
    Report calibrate(TextToSql sql, Path folder, Path adapter) {
        Evaluator evaluator = Evaluator.of(config.evaluation(), data.databases());
        Evaluation evaluation = evaluator.evaluate(questions(), sql.predictor(), listener.began("Answering"), null);
        List<Confidence.Judged> judged = new ArrayList<>();
        for (ScoredPrediction each : evaluation.predictions()) {
            AnswerEvidence evidence = each.prediction().evidence();
            Boolean right = each.executionMatch();
            if (evidence != null && right != null) {
                judged.add(new Confidence.Judged(evidence, right));
            }
        }
        Confidence fitted = Confidence.fit(judged, adapter);
        log.info("Wrote {}, fitted to {} answers", adapter.resolve(Confidence.FILE), judged.size());
        List<Example> scored =
                evaluation.predictions().stream().map(ScoredPrediction::example).toList();
        List<SqlPrediction> confident = evaluation.predictions().stream()
                .map(each -> each.prediction()
                        .withConfidence(fitted.of(each.prediction().evidence())))
                .toList();
        Provenance provenance = new EvaluationProvenance(config, template).ofModel(questions(), folder, adapter);
        Report report =
                evaluator.score(scored, confident, listener.began("Scoring")).toReport(provenance);
        reports.write(report, reports.outputDir());
        return report;
    }

    /** How the questions are asked. */
    ModelPrompts prompts() {
        return new ModelPrompts(template);
    }

    /**
     * Scores a model that another runtime computes.
     *
     * @param adapter whose prompts it is asked with; null for those of the model
     */
    Report scoreServed(SqlPredictor predictor, @Nullable Path adapter) {
        Provenance provenance = new EvaluationProvenance(config, template).ofServed(questions(), adapter);
        return journaled(predictor, provenance, reports.outputDir());
    }

    private Report journaled(SqlPredictor predictor, Provenance provenance, @Nullable Path folder) {
        if (folder == null) {
            return report(predictor, provenance, null, null);
        }
        String fingerprint = EvaluationProvenance.fingerprint(provenance);
        try (AnswerJournal journal = AnswerJournal.open(folder.resolve(JOURNAL), fingerprint)) {
            Report report = report(predictor, provenance, folder, journal);
            journal.finish();
            return report;
        }
    }

    /** Scores a file of answers. */
    Report scoreFile(Path answers) {
        Provenance provenance = new EvaluationProvenance(config, template).ofAnswers(answers);
        return report(new AnswerFile(answers), provenance, reports.outputDir(), null);
    }

    private Report report(
            SqlPredictor predictor, Provenance provenance, @Nullable Path folder, @Nullable AnswerJournal journal) {
        Evaluation evaluation = Evaluator.of(config.evaluation(), data.databases())
                .with(data.official())
                .evaluate(questions(), predictor, listener.began("Answering"), journal);
        Report report = evaluation.toReport(provenance);
        EmptyAnswers.tell(report.rows().stream().map(ReportRow::prediction).toList());
        reports.write(report, folder);
        return report;
    }

    private List<Example> questions() {
        List<Example> questions = data.questions();
        if (questions == null) {
            throw noQuestions();
        }
        return questions;
    }

    static ConfigException noQuestions() {
        return new ConfigException(
                "evaluation.metrics",
                List.of("the data holds prompts and completions, which are scored by --metrics loss;"
                        + " for other metrics use rows of question, schema and sql"));
    }
}
