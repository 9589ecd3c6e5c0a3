package org.sqltune.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.evaluation.metric.Score;

/** Scores answers as they come and keeps the accuracy so far, which any thread may ask; one at a time adds. */
final class RunningScores {
    private final List<Example> examples;
    private final PredictionScorer scorer;
    private final ScoringThreads threads;
    private final @Nullable ScoredPrediction[] scored;
    private long nanos;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicInteger decided = new AtomicInteger();

    RunningScores(List<Example> examples, PredictionScorer scorer, ScoringThreads threads) {
        this.examples = examples;
        this.scorer = scorer;
        this.threads = threads;
        this.scored = new ScoredPrediction[examples.size()];
    }

    /**
     * Scores a batch of answers.
     *
     * @param places indices of the examples that they answer
     * @param afterEach runs after each scored answer, in order
     */
    void add(List<Integer> places, List<SqlPrediction> predictions, Runnable afterEach) {
        long start = System.nanoTime();
        List<Integer> order = IntStream.range(0, places.size()).boxed().toList();
        threads.forEach(
                order,
                i -> new Placed(places.get(i), scorer.score(examples.get(places.get(i)), predictions.get(i))),
                one -> {
                    keep(one);
                    afterEach.run();
                });
        nanos += System.nanoTime() - start;
    }

    private void keep(Placed one) {
        scored[one.place()] = one.scored();
        Boolean verdict = scorer.verdict(one.scored());
        decided.addAndGet(verdict == null ? 0 : 1);
        right.addAndGet(Boolean.TRUE.equals(verdict) ? 1 : 0);
        done.incrementAndGet();
    }

    int done() {
        return done.get();
    }

    /** Returns the accuracy so far, for a progress display; empty before the first verdict. */
    String accuracy() {
        return decided.get() == 0 ? "" : new Score(right.get(), decided.get()).percent() + " right";
    }

    /**
     * Returns a listener that reports the progress of one chunk as progress of the whole.
     *
     * @param before questions of the chunks before
     */
    ProgressListener watching(int before, ProgressListener progress) {
        return (more, ofChunk, message) -> progress.advanced(before + more, examples.size(), accuracy());
    }

    /** Returns the scored predictions, in the examples' order. */
    List<ScoredPrediction> all() {
        return Stream.of(scored)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** Returns the scoring time, in seconds. */
    double seconds() {
        return nanos / 1e9;
    }

    private record Placed(int place, ScoredPrediction scored) {}
}
