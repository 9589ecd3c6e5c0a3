package org.sqltune.synthesis.pretraining;

import org.sqltune.core.SqlTuneException;

/**
 * The settings of a pre-training corpus.
 *
 * @param curriculum the order of stages
 * @param examples the number of questions
 * @param questionsPerSchema the number of questions that share a schema; at least 1
 * @param seed the random seed; equal settings with equal seeds give equal corpora
 */
public record PretrainingSettings(PretrainingCurriculum curriculum, long examples, int questionsPerSchema, long seed) {
    public PretrainingSettings {
        if (examples < 0) {
            throw new SqlTuneException("examples is " + examples + ": give 0 or more");
        }
        if (questionsPerSchema < 1) {
            throw new SqlTuneException("questions per schema is " + questionsPerSchema + ": give 1 or more");
        }
    }

    /** Creates settings with a single stage. */
    public PretrainingSettings(PretrainingStage stage, long examples, int questionsPerSchema, long seed) {
        this(PretrainingCurriculum.only(stage), examples, questionsPerSchema, seed);
    }
}
