package org.sqltune.model;

/** How the weights of linear layers, and of the head, lie in memory. */
public enum WeightLayout {
    /** As they are stored, or as the model's settings quantise them. */
    PLAIN,
    /**
     * The same bf16 numbers, laid out for the processor's products; see {@link
     * org.sqltune.model.quantization.PackedBfloat16Weight}.
     */
    PACKED,
    /**
     * In fp16, laid out for products with fp32 numbers, where the processor doesn't multiply bf16; see {@link
     * org.sqltune.model.quantization.PackedHalfWeight}.
     */
    HALF,
    /** 8-bit integers, laid out likewise; see {@link org.sqltune.model.quantization.PackedInt8Weight}. */
    INT8,
    /**
     * 4-bit integers, laid out likewise, the head in 8 bits where the processor multiplies those; see {@link
     * org.sqltune.model.quantization.PackedInt4Weight}.
     */
    INT4
}
