package org.sqltune.model.safetensors;

import java.util.Arrays;
import java.util.Optional;
import org.sqltune.model.torch.ElementType;

/**
 * Element types that a safetensors file may hold, named as in its header ({@code Dtype} of the reference, release 0.8).
 * A file may hold tensors of types that nothing here computes with, such as masks, as long as nobody reads them.
 */
public enum StoredType {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    F8_E4M3FNUZ(8),
    F8_E5M2FNUZ(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    F64(64),
    I64(64),
    U64(64),
    C64(64);

    private final int bits;

    StoredType(int bits) {
        this.bits = bits;
    }

    static Optional<StoredType> ofName(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Its counterpart in memory; empty if nothing here computes with it. */
    public Optional<ElementType> elementType() {
        return Arrays.stream(ElementType.values())
                .filter(type -> type.safetensorsName().equals(name()))
                .findFirst();
    }

    /**
     * Bytes that a tensor takes.
     *
     * @throws ArithmeticException if they are more than a {@code long} counts, or not whole; also where an axis of 0 hides
     *     others that no tensor has
     */
    long bytes(long... shape) {
        long elements = 1;
        boolean empty = false;
        for (long axis : shape) {
            elements = Math.multiplyExact(elements, Math.max(1, axis));
            empty |= axis == 0;
        }
        long all = Math.multiplyExact(elements, (long) bits);
        if (all % Byte.SIZE != 0) {
            throw new ArithmeticException(elements + " elements of " + bits + " bits end within a byte");
        }
        return empty ? 0 : all / Byte.SIZE;
    }
}
