package org.sqltune.model.safetensors;

/** What is done about saved tensors that are missing or have another shape than what they are restored into. */
public enum Restoration {
    /** Every tensor must be there, in its shape; reading one that isn't fails. */
    EXACT,
    /** Only tensors that fit are taken; what has none keeps its values. */
    FITTING;

    /** Whether a tensor of the file is to be read. */
    public boolean takes(SafetensorsReader file, String name, long... shape) {
        return this == EXACT || file.has(name, shape);
    }
}
