package org.sqltune.evaluation;

import java.util.List;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.worker.SqliteWorkers;

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

    /**
     * As {@link #score(List, ProgressListener)}, for scorers that run queries on SQLite as long as they like.
     *
     * @param sqlite processes that are running already; the caller closes them
     */
    default BenchmarkScores score(List<ScoredPrediction> answers, ProgressListener progress, SqliteWorkers sqlite) {
        return score(answers, progress);
    }

    /** Returns whether this scorer can score answers whose database is missing. */
    default boolean scoresWithoutDatabase() {
        return false;
    }
}
