package org.sqltune.model.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** One change of a file's bytes. Positions are taken modulo the file's length. */
public sealed interface ByteMutation {
    /** The changed bytes. */
    byte[] apply(byte[] bytes);

    /** Another byte in the place of one. */
    record Set(int position, byte value) implements ByteMutation {
        @Override
        public byte[] apply(byte[] bytes) {
            byte[] changed = bytes.clone();
            if (changed.length > 0) {
                changed[position % changed.length] = value;
            }
            return changed;
        }
    }

    /** The beginning alone. */
    record Truncate(int length) implements ByteMutation {
        @Override
        public byte[] apply(byte[] bytes) {
            return Arrays.copyOf(bytes, length % (bytes.length + 1));
        }
    }

    /** Some bytes more. */
    record Insert(int position, byte value, int count) implements ByteMutation {
        @Override
        public byte[] apply(byte[] bytes) {
            int at = position % (bytes.length + 1);
            byte[] changed = Arrays.copyOf(bytes, bytes.length + count);
            System.arraycopy(bytes, at, changed, at + count, bytes.length - at);
            Arrays.fill(changed, at, at + count, value);
            return changed;
        }
    }

    /** A safetensors file's claim of its header's length. */
    record HeaderLength(long length) implements ByteMutation {
        @Override
        public byte[] apply(byte[] bytes) {
            byte[] changed = bytes.clone();
            for (int i = 0; i < Math.min(8, changed.length); i++) {
                changed[i] = (byte) (length >>> (8 * i));
            }
            return changed;
        }
    }

    /** Any change. */
    static Arbitrary<ByteMutation> any() {
        Arbitrary<Integer> position = Arbitraries.integers().between(0, 4000);
        Arbitrary<Byte> value = Arbitraries.oneOf(
                Arbitraries.bytes(),
                Arbitraries.of((byte) '"', (byte) '{', (byte) '[', (byte) ',', (byte) 0, (byte) -1));
        List<Arbitrary<? extends ByteMutation>> kinds = new ArrayList<>();
        kinds.add(Combinators.combine(position, value).as(Set::new));
        kinds.add(position.map(Truncate::new));
        kinds.add(Combinators.combine(position, value, Arbitraries.integers().between(1, 20))
                .as(Insert::new));
        kinds.add(Arbitraries.oneOf(
                        Arbitraries.longs(),
                        Arbitraries.longs().between(0, 2000),
                        Arbitraries.of(99_999_999L, 100_000_000L, 100_000_001L, (long) Integer.MAX_VALUE, 1L << 32))
                .map(HeaderLength::new));
        return Arbitraries.oneOf(kinds);
    }
}
