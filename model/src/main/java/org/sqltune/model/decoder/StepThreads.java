package org.sqltune.model.decoder;

import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.Torch;

/**
 * How many threads a step of decoding takes. Two threads that share a small product wait for each other longer than they
 * compute where another program has a core. It is the calling thread's setting, changed only where the size of steps does, since
 * a change takes as long as some small products.
 */
final class StepThreads {
    /** Numbers that are multiplied in a layer of a step up to which one thread is faster: measured, see docs/log.md. */
    private static final long SMALL = 8L << 20;

    private final int all = Torch.threads();
    private final long ofLayer;

    StepThreads(DecoderConfig config) {
        this.ofLayer = config.modules().layer().projections().stream()
                .mapToLong(each -> (long) each.inputSize() * each.outputSize())
                .sum();
    }

    /** Before a step of so many tokens. */
    void prepare(int tokens) {
        int wanted = ofLayer * tokens <= SMALL ? 1 : all;
        if (wanted != Torch.threads()) {
            Torch.setThreads(wanted);
        }
    }

    /** After the last one: what else this thread computes has all of them. */
    void restore() {
        if (Torch.threads() != all) {
            Torch.setThreads(all);
        }
    }
}
