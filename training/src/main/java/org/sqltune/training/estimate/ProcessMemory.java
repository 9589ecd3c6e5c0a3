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

    /** Class data, compiled code and garbage of a small heap, libtorch's code and constants. */
    private static final long PROCESS = 275_000_000;

    /** A tokenizer's tables and what is left of reading its file, for each token. */
    private static final long A_TOKEN = 1500;

    /** The collector lets the heap grow to a multiple of what is alive. */
    private static final long HEAP_GROWTH = 3;

    /** What the allocator holds beyond what is allocated, as a share of the largest pass. */
    private static final double GAPS = 0.43;

    /** Operands that oneDNN rearranges for its products, in sizes of the largest matrix. */
    private static final long REARRANGED = 4;

    long bytes() {
        return PROCESS + A_TOKEN * config.vocabSize() + HEAP_GROWTH * dataBytes;
    }

    /** Gaps between a pass's tensors, which come and go in different sizes. */
    long gaps(long pass) {
        return Math.round(GAPS * pass);
    }

    /** Work space of the products. */
    long kernels(ModelShape shape, ElementType type) {
        return REARRANGED * shape.largestLayerMatrix() * type.bytes();
    }
}
