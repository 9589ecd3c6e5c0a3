package org.sqltune.training.estimate;

import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;

/**
 * Memory that no formula gives, measured on Linux x86-64 with JDK 17, libtorch 2.7.1 and glibc. The process's base size
 * comes from the resident sets of runs of a model of 40,000 weights; the allocator's gaps come from comparing
 * libtorch's allocations with the resident set.
 *
 * @param config the model, for the size of its tokenizer
 * @param dataBytes bytes of the data on the Java heap
 */
record ProcessMemory(DecoderConfig config, long dataBytes) {
    /** Bytes that Linux maps around a requested page of a file (fault_around_bytes). */
    static final long MAPPED_AT_ONCE = 65_536;

    /**
     * Blocks larger than this many bytes bypass the allocator's pools; see NativeSettings in the model's torch package.
     */
    static final long POOLED_BLOCK = 32 << 20;

    /** Bytes of class data, compiled code, a small heap, and libtorch's code and constants. */
    private static final long PROCESS = 275_000_000;

    /** Bytes of a tokenizer's tables and of reading its file, per token of the vocabulary. */
    private static final long A_TOKEN = 1500;

    /** Heap size as a multiple of the live data: the garbage collector lets the heap grow. */
    private static final long HEAP_GROWTH = 3;

    /** Allocator overhead after a run's first passes, as a share of the pass's bytes. */
    private static final double FIRST_GAPS = 0.43;

    /** Additional overhead after some dozens of rows of different lengths, as a share of the pooled bytes. */
    private static final double LATER_GAPS = 0.92;

    /** Factor by which the overhead still to come shrinks with each row. */
    private static final double APPROACH = 0.93;

    /** Bytes of the operands that oneDNN rearranges, as a multiple of the largest matrix. */
    private static final long REARRANGED = 4;

    long bytes() {
        return PROCESS + A_TOKEN * config.vocabSize() + HEAP_GROWTH * dataBytes;
    }

    /**
     * Estimates the bytes of gaps that tensors of different sizes leave in the allocator's pools.
     *
     * @param pass bytes of the largest row's forward and backward pass
     * @param pooled bytes of it in pooled blocks
     * @param rows number of rows that the run computes
     */
    long gaps(long pass, long pooled, double rows) {
        double added = LATER_GAPS * (1 - Math.pow(APPROACH, Math.max(0, rows - 2)));
        return Math.round(FIRST_GAPS * pass + added * pooled);
    }

    /** Bytes of work space of matrix products. */
    long kernels(ModelShape shape, ElementType type) {
        return REARRANGED * shape.largestLayerMatrix() * type.bytes();
    }
}
