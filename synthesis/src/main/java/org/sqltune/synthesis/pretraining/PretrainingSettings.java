package org.sqltune.synthesis.pretraining;

import org.sqltune.core.SqlTuneException;

/**
 * What corpus to generate.
 *
 * @param curriculum how hard it is, and when
 * @param examples how many questions
 * @param questionsPerSchema how many questions share one schema; at least 1
 * @param seed the same settings with the same seed give the same corpus
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

    /** Creates the same stage throughout. */
    public PretrainingSettings(PretrainingStage stage, long examples, int questionsPerSchema, long seed) {
        this(PretrainingCurriculum.only(stage), examples, questionsPerSchema, seed);
    }
}
