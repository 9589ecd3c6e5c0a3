package org.sqltune.deployment.gguf;

/**
 * A tensor that is going to be written.
 *
 * @param name its name in the file
 * @param type how its numbers are written
 * @param rows number of rows; 1 for a vector
 * @param columns length of a row, a multiple of the type's block
 * @param vector whether it has one axis rather than two
 * @param numbers gives its numbers when their turn comes
 */
public record GgufTensor(String name, GgufType type, int rows, int columns, boolean vector, TensorRows numbers) {
    /** @throws IllegalArgumentException if a row is no whole number of blocks */
    public GgufTensor {
        if (!type.fits(columns)) {
            throw new IllegalArgumentException(
                    name + " has rows of " + columns + " numbers, which are no blocks of " + type.blockLength());
        }
    }

    /** A vector of single precision. */
    public static GgufTensor vector(String name, int length, TensorRows numbers) {
        return new GgufTensor(name, GgufType.F32, 1, length, true, numbers);
    }

    /** A matrix of single precision. */
    public static GgufTensor full(String name, int rows, int columns, TensorRows numbers) {
        return matrix(name, GgufType.F32, rows, columns, numbers);
    }

    /** A matrix. */
    public static GgufTensor matrix(String name, GgufType type, int rows, int columns, TensorRows numbers) {
        return new GgufTensor(name, type, rows, columns, false, numbers);
    }

    /** Number of bytes it takes, without what fills up to the next tensor. */
    long bytes() {
        return (long) rows * type.rowBytes(columns);
    }
}
