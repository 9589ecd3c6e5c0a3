package org.sqltune.training.estimate;

/** What the memory of a training process is taken by. */
public enum MemoryPart {
    /** The virtual machine with its heap, libtorch, the tokenizer, and the data. */
    PROCESS("JVM, libraries, data"),
    /** The model's weights: mapped from their files, converted, or quantised with one layer's brought back. */
    WEIGHTS("weights"),
    /** What is trained, in fp32 and in the element type that the decoder computes with. */
    TRAINED("trained parameters"),
    /** What the optimizer keeps of earlier steps, and needs for one. */
    OPTIMIZER("optimizer"),
    /** Sums of gradients in fp32, and those of one layer before they are added. */
    GRADIENTS("gradients"),
    /** What the layers keep for the backward pass, and need on the way. */
    ACTIVATIONS("activations"),
    /** Scores over the vocabulary for a chunk of target positions. */
    HEAD("head and loss"),
    /** Rearranged operands of products, compiled kernels, and gaps that the allocator leaves. */
    WORK_SPACE("kernels' work space");

    private final String title;

    MemoryPart(String title) {
        this.title = title;
    }

    /** A few words for tables. */
    public String title() {
        return title;
    }
}
