package org.sqltune.deployment.gguf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the numbers of one tensor are written. The codes are those of {@code ggml_type} in llama.cpp. */
public enum GgufType {
    /** IEEE 754 single precision. */
    F32(0, 1, 4),
    /** IEEE 754 half precision. */
    F16(1, 1, 2),
    /** Blocks of 32: a half-precision scale and 4 bits a number. */
    Q4_0(2, 32, 18),
    /** Blocks of 32: a half-precision scale and 5 bits a number. */
    Q5_0(6, 32, 22),
    /** Blocks of 32: a half-precision scale, a half-precision minimum, and 5 bits a number. */
    Q5_1(7, 32, 24),
    /** Blocks of 32: a half-precision scale and 8 bits a number. */
    Q8_0(8, 32, 34),
    /** Blocks of 256 with 4 bits a number; each 32 of them have a scale and a minimum of 6 bits. */
    Q4_K(12, 256, 144),
    /** Blocks of 256 with 5 bits a number; each 32 of them have a scale and a minimum of 6 bits. */
    Q5_K(13, 256, 176),
    /** Blocks of 256 with 6 bits a number; each 16 of them have a scale of 8 bits. */
    Q6_K(14, 256, 210),
    /** Single precision without its lower 16 bits of fraction. */
    BF16(30, 1, 2);

    private final int code;
    private final int blockLength;
    private final int blockBytes;

    GgufType(int code, int blockLength, int blockBytes) {
        this.code = code;
        this.blockLength = blockLength;
        this.blockBytes = blockBytes;
    }

    /** Its number in a tensor's entry. */
    int code() {
        return code;
    }

    /** The type with that number; empty if SqlTune doesn't know it. */
    static Optional<GgufType> ofCode(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /** Numbers that share a block; a row holds a whole number of blocks. */
    public int blockLength() {
        return blockLength;
    }

    /** Whether rows of so many numbers consist of whole blocks. */
    public boolean fits(long columns) {
        return columns % blockLength == 0;
    }

    /** Bytes of a row of so many numbers. */
    public int rowBytes(int columns) {
        return columns / blockLength * blockBytes;
    }

    /** Bytes of so many numbers, whole blocks of them. */
    long bytes(long numbers) {
        return numbers / blockLength * blockBytes;
    }

    /** Its name as llama.cpp prints it, such as {@code q8_0} and {@code q4_K}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace("_k", "_K");
    }
}
