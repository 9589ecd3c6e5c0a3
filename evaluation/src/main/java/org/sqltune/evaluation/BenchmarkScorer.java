package org.sqltune.evaluation;

import java.util.List;
import org.sqltune.core.progress.ProgressListener;

/**
 * Scores answers by somebody's definitions: a benchmark's official ones, or ours. Scorers are independent of each other;
 * one report shows the scores of all of them ({@link Evaluator}).
 */
public interface BenchmarkScorer {

    /**
     * Scores answers.
     *
     * @param answers gold queries and answers, with what came of running them where they were run
     * @param progress told of scored answers
     * @return scores with a row for each answer, in order
     * @throws org.sqltune.core.SqlTuneException if nothing can be scored, or this thread is interrupted
     */
    BenchmarkScores score(List<ScoredPrediction> answers, ProgressListener progress);

    /** Whether it has scores for answers whose database is missing. */
    default boolean scoresWithoutDatabase() {
        return false;
    }
}
