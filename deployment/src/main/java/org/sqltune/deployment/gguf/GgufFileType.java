package org.sqltune.deployment.gguf;

/**
 * The type of a whole file, as users choose it. Most matrices have its {@link #mostly()} type; which others there are follows
 * llama.cpp's quantiser. The codes are those of {@code llama_ftype} in llama.cpp.
 */
public enum GgufFileType {
    /** Single precision. */
    F32(0, GgufType.F32),
    /** Half precision. */
    F16(1, GgufType.F16),
    /** Single precision without its lower 16 bits of fraction. */
    BF16(32, GgufType.BF16),
    /** 8.5 bits a number. */
    Q8_0(7, GgufType.Q8_0),
    /** 4.5 bits a number. */
    Q4_0(2, GgufType.Q4_0),
    /** 5.5 bits a number. */
    Q5_0(8, GgufType.Q5_0),
    /** 4.5 bits a number, 6.6 where it matters most. */
    Q4_K_M(15, GgufType.Q4_K),
    /** 5.5 bits a number, 6.6 where it matters most. */
    Q5_K_M(17, GgufType.Q5_K),
    /** 6.6 bits a number. */
    Q6_K(18, GgufType.Q6_K);

    private final int code;
    private final GgufType mostly;

    GgufFileType(int code, GgufType mostly) {
        this.code = code;
        this.mostly = mostly;
    }

    /** The number in {@code general.file_type}. */
    public int code() {
        return code;
    }

    /** The type of most matrices. */
    public GgufType mostly() {
        return mostly;
    }

    /** Whether matrices are in blocks with a scale. */
    public boolean quantised() {
        return mostly.blockLength() > 1;
    }
}
