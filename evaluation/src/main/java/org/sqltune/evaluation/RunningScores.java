package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.evaluation.metric.Score;

/**
 * Scores answers on several threads while more come, and keeps the accuracy so far. One thread hands answers in; results
 * are in the examples' order, whatever the order in which they come.
 */
final class RunningScores {
    private final List<Example> examples;
    private final PredictionScorer scorer;
    private final ScoringThreads threads;
    private final ProgressListener progress;
    private final int expected;
    private final @Nullable ScoredPrediction[] scored;
    private final List<CompletableFuture<Void>> begun = new ArrayList<>();
    private volatile @Nullable RuntimeException failure;
    private long nanos;
    private int done;
    private int right;
    private int decided;

    /**
     * @param expected how many answers will come
     * @param progress called after each scored answer, by any thread, one at a time
     */
    RunningScores(
            List<Example> examples,
            int expected,
            PredictionScorer scorer,
            ScoringThreads threads,
            ProgressListener progress) {
        this.examples = examples;
        this.expected = expected;
        this.scorer = scorer;
        this.threads = threads;
        this.progress = progress;
        this.scored = new ScoredPrediction[examples.size()];
    }

    /**
     * Begins to score an answer.
     *
     * @param place index of the example that it answers
     * @throws RuntimeException what scoring an answer before threw
     */
    void begin(int place, SqlPrediction prediction) {
        RuntimeException known = failure;
        if (known != null) {
            throw known;
        }
        begun.add(threads.run(() -> {
            try {
                long start = System.nanoTime();
                ScoredPrediction one = scorer.score(examples.get(place), prediction);
                keep(place, one, System.nanoTime() - start);
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }));
    }

    private synchronized void keep(int place, ScoredPrediction one, long took) {
        nanos += took;
        scored[place] = one;
        Boolean verdict = scorer.verdict(one);
        decided += verdict == null ? 0 : 1;
        right += Boolean.TRUE.equals(verdict) ? 1 : 0;
        done++;
        progress.advanced(done, expected, decided == 0 ? "" : new Score(right, decided).percent() + " right");
    }

    /**
     * Waits until every answer is scored.
     *
     * @throws RuntimeException what scoring one of them threw
     */
    void await() {
        try {
            CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    /** Returns the scored predictions, in the examples' order. */
    synchronized List<ScoredPrediction> all() {
        return Stream.of(scored)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** Returns the time spent on scoring, in seconds, summed over the answers. */
    synchronized double seconds() {
        return nanos / 1e9;
    }
}
