package org.sqltune.training;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.model.LanguageModel;

/** What a report on answers says of the questions, the model and the prompts; handed in, as {@link PredictorFactory} is. */
@FunctionalInterface
public interface AnswerProvenance {
    /** Says nothing. */
    AnswerProvenance UNKNOWN = (questions, model, trained) -> Provenance.UNKNOWN;

    /**
     * Describes one evaluation.
     *
     * @param questions what was asked
     * @param model what answered
     * @param trained the folder of what was trained; null for the model as it was before training
     */
    Provenance of(List<Example> questions, LanguageModel model, @Nullable Path trained);
}
