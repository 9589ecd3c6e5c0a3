package org.sqltune.deployment.gguf;

import java.util.Locale;

/** How a tensor's numbers are written. The codes are those of {@code ggml_type} and {@code llama_ftype} in llama.cpp. */
public enum GgufType {
    /** IEEE 754 single precision. */
    F32(0, 0, 1, 4),
    /** IEEE 754 half precision. */
    F16(1, 1, 1, 2),
    /** Blocks of 32: a half-precision scale and 4 bits a number. */
    Q4_0(2, 2, 32, 18),
    /** Blocks of 32: a half-precision scale and 8 bits a number. */
    Q8_0(8, 7, 32, 34),
    /** Single precision without its lower 16 bits of fraction. */
    BF16(30, 32, 1, 2);

    private final int code;
    private final int fileType;
    private final int blockLength;
    private final int blockBytes;

    GgufType(int code, int fileType, int blockLength, int blockBytes) {
        this.code = code;
        this.fileType = fileType;
        this.blockLength = blockLength;
        this.blockBytes = blockBytes;
    }

    /** Its number in a tensor's entry. */
    int code() {
        return code;
    }

    /** The number in {@code general.file_type} of a file whose matrices are mostly of this type. */
    public int fileType() {
        return fileType;
    }

    /** Numbers that share a block; a row holds a whole number of blocks. */
    public int blockLength() {
        return blockLength;
    }

    /** Bytes of a row of so many numbers. */
    public int rowBytes(int columns) {
        return columns / blockLength * blockBytes;
    }

    /** Its name as users write it, such as {@code q8_0}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
