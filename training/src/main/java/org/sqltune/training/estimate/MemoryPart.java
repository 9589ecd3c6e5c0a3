package org.sqltune.training.estimate;

/** Parts of a training process's memory. */
public enum MemoryPart {
    /** The JVM with its heap, libtorch, the tokenizer and the data. */
    PROCESS("JVM, libraries, data"),
    /** The model's frozen weights: memory-mapped, converted, or quantised plus one dequantised layer. */
    WEIGHTS("weights"),
    /** Trained parameters, in fp32 and in the element type that the decoder computes with. */
    TRAINED("trained parameters"),
    /** Optimizer moments, and temporaries of one optimizer step. */
    OPTIMIZER("optimizer"),
    /** fp32 gradient sums, and the gradients of one layer before they are added. */
    GRADIENTS("gradients"),
    /** Activations kept for the backward pass, and its temporaries. */
    ACTIVATIONS("activations"),
    /** Logits over the vocabulary for a chunk of target positions. */
    HEAD("head and loss"),
    /** Rearranged operands of matrix products, compiled kernels, and unused gaps in the allocator's pools. */
    WORK_SPACE("kernels' work space");

    private final String title;

    MemoryPart(String title) {
        this.title = title;
    }

    /** Returns a few words for tables. */
    public String title() {
        return title;
    }
}
