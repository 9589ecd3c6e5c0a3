package org.sqltune.evaluation;

import java.util.List;
import org.sqltune.core.progress.ProgressListener;

/**
 * Scores answers by a benchmark's official definitions, or by SqlTune's. Scorers are independent of each other; one
 * report shows the scores of all ({@link Evaluator}).
 */
public interface BenchmarkScorer {

    /**
     * Scores answers.
     *
     * @param answers gold queries and answers, with the execution outcome of those that were run
     * @param progress receives the number of answers scored so far
     * @return one row of scores per answer, in order
     * @throws org.sqltune.core.SqlTuneException if nothing can be scored, or this thread is interrupted
     */
    BenchmarkScores score(List<ScoredPrediction> answers, ProgressListener progress);

    /** Returns whether this scorer can score answers whose database is missing. */
    default boolean scoresWithoutDatabase() {
        return false;
    }
}
