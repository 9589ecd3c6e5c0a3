package org.sqltune.model.torch;

/** Element types of tensors and files. */
public enum ElementType {
    /** Unsigned 8-bit integers. */
    UINT8("U8", 0, 1),
    /** Signed 64-bit integers. */
    INT64("I64", 4, 8),
    /** IEEE 754 half precision. */
    FLOAT16("F16", 5, 2),
    /** IEEE 754 single precision. */
    FLOAT32("F32", 6, 4),
    /** Single precision without its lower 16 bits of fraction. */
    BFLOAT16("BF16", 15, 2);

    private final String safetensorsName;
    private final int torchCode;
    private final int bytes;

    ElementType(String safetensorsName, int torchCode, int bytes) {
        this.safetensorsName = safetensorsName;
        this.torchCode = torchCode;
        this.bytes = bytes;
    }

    /** Its name in a safetensors header. */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** Its number in torch (c10/core/ScalarType.h). */
    int torchCode() {
        return torchCode;
    }

    /** Bytes an element takes. */
    public int bytes() {
        return bytes;
    }

    static ElementType ofTorchCode(long code) {
        for (ElementType type : values()) {
            if (type.torchCode == code) {
                return type;
            }
        }
        throw new IllegalStateException("no element type for torch's code " + code);
    }
}
