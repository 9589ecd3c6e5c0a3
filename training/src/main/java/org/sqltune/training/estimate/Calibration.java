package org.sqltune.training.estimate;

import java.util.stream.IntStream;
import org.sqltune.core.config.RunConfig;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.estimate.RunEstimate.TimeEstimate;

/**
 * Measures one layer and two layers of the model's shape for some seconds. The difference is the time of one layer; the
 * rest is the time of embedding and head.
 */
final class Calibration {
    /** Seconds of the whole calibration, including creation of the layers; a pass over 64 tokens always completes. */
    private static final double SECONDS = 8;

    private static final int FIRST_LENGTH = 64;
    private static final int REPETITIONS = 3;

    /** Time of a forward pass without gradients, as a share of a forward and backward pass. */
    private static final double FORWARD_SHARE = 1 / 3.0;

    private final RunConfig config;
    private final DecoderConfig decoder;
    private final ElementType type;
    private final Workload workload;
    private final long begun = System.nanoTime();

    Calibration(RunConfig config, DecoderConfig decoder, ElementType type, Workload workload) {
        this.config = config;
        this.decoder = decoder;
        this.type = type;
        this.workload = workload;
    }

    /** Returns the number of weights that the calibration creates. */
    static long weights(ModelShape shape) {
        return 3 * shape.layer() + 2 * shape.outsideLayers();
    }

    TimeEstimate measure(ModelLoader loader) {
        try (Torch torch = loader.openTorch(config.model());
                StepTimer one = new StepTimer(torch, decoder, 1, type, config);
                StepTimer two = new StepTimer(torch, decoder, 2, type, config)) {
            double rowSeconds = modelSeconds(pass(one, two));
            double optimizerSeconds = optimizerSeconds(one, two);
            double rowsPerStep = (double) workload.rows().size() / workload.sampledSteps();
            double step = rowsPerStep * rowSeconds + optimizerSeconds;
            double perToken = step / Math.max(1, workload.computedPerStep());
            double evaluation = workload.evaluationTokens() * perToken * FORWARD_SHARE;
            double all = workload.steps() * step + evaluations() * evaluation;
            Double limit = config.training().length().maxMinutes();
            return new TimeEstimate(step, limit == null ? all : Math.min(all, limit * 60), elapsed());
        }
    }

    private double elapsed() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Seconds with one layer and with two. */
    private record Seconds(double one, double two) {
        Seconds times(double factor) {
            return new Seconds(one * factor, two * factor);
        }
    }

    private double modelSeconds(Seconds measured) {
        double layer = Math.max(0, measured.two() - measured.one());
        return measured.one() + (decoder.layers() - 1) * layer;
    }

    /**
     * Times a row of median length, or the longest text that the time limit allows, and scales the time to the mean
     * row.
     */
    private Seconds pass(StepTimer one, StepTimer two) {
        int rowTokens = workload.sampleRow().tokens();
        double mean = workload.computedPerStep()
                * workload.sampledSteps()
                / workload.rows().size();
        int length = Math.min(FIRST_LENGTH, rowTokens);
        best(one, two, text(length), 1);
        Seconds seconds = best(one, two, text(length), 2);
        while (length < rowTokens && timeFor(seconds.times(2 * REPETITIONS))) {
            length = Math.min(rowTokens, 2 * length);
            TokenBatch row = length == rowTokens ? workload.sampleRow() : text(length);
            seconds = best(one, two, row, length == rowTokens ? REPETITIONS : 1);
        }
        return seconds.times(mean / length);
    }

    private boolean timeFor(Seconds seconds) {
        return elapsed() + seconds.one() + seconds.two() < SECONDS;
    }

    private static Seconds best(StepTimer one, StepTimer two, TokenBatch row, int repetitions) {
        Seconds best = new Seconds(Double.MAX_VALUE, Double.MAX_VALUE);
        for (int i = 0; i < repetitions; i++) {
            best = new Seconds(Math.min(best.one(), one.pass(row)), Math.min(best.two(), two.pass(row)));
        }
        return best;
    }

    private TokenBatch text(int tokens) {
        long[] ids = IntStream.range(0, tokens)
                .mapToLong(i -> i % decoder.vocabSize())
                .toArray();
        long[] positions = IntStream.range(0, tokens).asLongStream().toArray();
        int targets = Math.max(1, tokens / 8);
        long[] rows = IntStream.range(tokens - targets, tokens).asLongStream().toArray();
        return new TokenBatch(ids, positions, new long[] {tokens}, new long[] {-1}, rows, new long[targets]);
    }

    private double optimizerSeconds(StepTimer one, StepTimer two) {
        one.optimizerStep();
        two.optimizerStep();
        return modelSeconds(new Seconds(one.optimizerStep(), two.optimizerStep()));
    }

    private int evaluations() {
        int every = config.training().intervals().evalSteps();
        int within = every == 0 ? 0 : (workload.steps() - 1) / every;
        return within + 1;
    }
}
