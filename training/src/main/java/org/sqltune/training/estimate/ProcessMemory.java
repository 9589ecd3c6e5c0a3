package org.sqltune.training.estimate;

import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;

/**
 * What no formula gives: measured on Linux x86-64 with JDK 17, libtorch 2.7.1 and glibc, from resident sets of runs of a
 * model of 40,000 weights (everything that is no tensor) and from libtorch's allocations counted by the allocator beside
 * the resident set that they left (the gaps).
 *
 * @param config the model, for the size of its tokenizer
 * @param dataBytes what the data takes on Java's heap
 */
record ProcessMemory(DecoderConfig config, long dataBytes) {
    /** Linux maps 64 KiB of a file around the page that is asked for (fault_around_bytes). */
    static final long MAPPED_AT_ONCE = 65_536;

    /** Larger blocks are asked for from the system each by itself; see NativeSettings in the model's torch package. */
    static final long POOLED_BLOCK = 32 << 20;

    /** Class data, compiled code and garbage of a small heap, libtorch's code and constants. */
    private static final long PROCESS = 275_000_000;

    /** A tokenizer's tables and what is left of reading its file, for each token. */
    private static final long A_TOKEN = 1500;

    /** The collector lets the heap grow to a multiple of what is alive. */
    private static final long HEAP_GROWTH = 3;

    /** What the allocator holds beyond what a run's first passes need, as a share of that. */
    private static final double FIRST_GAPS = 0.43;

    /** What is added to it by some dozens of rows of different lengths, as a share of what lies in pooled blocks. */
    private static final double LATER_GAPS = 0.92;

    /** By how much what is still to be added shrinks with each row. */
    private static final double APPROACH = 0.93;

    /** Operands that oneDNN rearranges for its products, in sizes of the largest matrix. */
    private static final long REARRANGED = 4;

    long bytes() {
        return PROCESS + A_TOKEN * config.vocabSize() + HEAP_GROWTH * dataBytes;
    }

    /**
     * Gaps between a pass's tensors, which come and go in different sizes.
     *
     * @param pass bytes of the largest row's pass
     * @param pooled bytes of it in blocks that the allocator cuts out of its pools
     * @param rows rows that the run computes
     */
    long gaps(long pass, long pooled, double rows) {
        double added = LATER_GAPS * (1 - Math.pow(APPROACH, Math.max(0, rows - 2)));
        return Math.round(FIRST_GAPS * pass + added * pooled);
    }

    /** Work space of the products. */
    long kernels(ModelShape shape, ElementType type) {
        return REARRANGED * shape.largestLayerMatrix() * type.bytes();
    }
}
