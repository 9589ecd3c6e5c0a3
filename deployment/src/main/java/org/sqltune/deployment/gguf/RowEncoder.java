package org.sqltune.deployment.gguf;

import java.nio.ByteBuffer;

/** Writes rows of numbers in a {@link GgufType}. The bytes are those of llama.cpp's reference quantiser. */
final class RowEncoder {
    private RowEncoder() {}

    /**
     * Appends a row.
     *
     * @param out little endian
     */
    static void encode(GgufType type, float[] row, ByteBuffer out) {
        switch (type) {
            case F32 -> {
                for (float value : row) {
                    out.putFloat(value);
                }
            }
            case F16 -> {
                for (float value : row) {
                    out.putShort(HalfFloats.of(value));
                }
            }
            case BF16 -> {
                for (float value : row) {
                    out.putShort(bfloat(value));
                }
            }
            default -> {
                BlockEncoder encoder = blocks(type);
                for (int start = 0; start < row.length; start += type.blockLength()) {
                    encoder.encode(row, start, out);
                }
            }
        }
    }

    private static BlockEncoder blocks(GgufType type) {
        return switch (type) {
            case Q4_0 -> SmallBlocks::encodeQ4;
            case Q5_0 -> SmallBlocks::encodeQ5;
            case Q5_1 -> SmallBlocks::encodeQ5WithMinimum;
            case Q8_0 -> SmallBlocks::encodeQ8;
            case Q4_K -> new ScaledMinimumBlocks(4);
            case Q5_K -> new ScaledMinimumBlocks(5);
            case Q6_K -> new SixBitBlocks();
            case F32, F16, BF16 -> throw new IllegalArgumentException(type + " has no blocks");
        };
    }

    /** Writes one block. */
    @FunctionalInterface
    interface BlockEncoder {
        /**
         * Appends the block whose numbers start there.
         *
         * @param out little endian
         */
        void encode(float[] row, int start, ByteBuffer out);
    }

    /** The nearest number whose lower 16 bits are zero, ties to even. */
    private static short bfloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
