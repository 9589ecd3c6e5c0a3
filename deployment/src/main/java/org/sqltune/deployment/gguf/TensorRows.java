package org.sqltune.deployment.gguf;

import java.io.IOException;

/** A matrix's numbers, asked for row by row, so that a model larger than memory can be written. */
@FunctionalInterface
public interface TensorRows {
    /**
     * Reads a row.
     *
     * @param row its index
     * @param into gets its numbers; as long as a row
     * @throws IOException if they can't be read
     */
    void read(int row, float[] into) throws IOException;
}
