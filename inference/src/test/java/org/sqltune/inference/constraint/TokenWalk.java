package org.sqltune.inference.constraint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.sqltune.model.generation.TokenConstraint;
import org.sqltune.model.tokenizer.TokenBytes;

/** Writes answers by choosing each token by chance among those that are allowed. */
final class TokenWalk {
    private final TokenBytes tokens;
    private final Random random;
    private final List<Long> nanos = new ArrayList<>();

    TokenWalk(TokenBytes tokens, Random random) {
        this.tokens = tokens;
        this.random = random;
    }

    /** The time that each mask took. */
    List<Long> nanos() {
        return nanos;
    }

    /**
     * A whole answer.
     *
     * @param most tokens, the one that ends it included
     */
    String answer(TokenConstraint constraint, int most) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int left = most; left > 0; left--) {
            long start = System.nanoTime();
            BitSet allowed = BitSet.valueOf(constraint.allowed(left));
            nanos.add(System.nanoTime() - start);
            int choices = allowed.cardinality();
            boolean end = constraint.mayEnd() && (choices == 0 || random.nextInt(6) == 0 || left == 1);
            if (end) {
                return text.toString(StandardCharsets.UTF_8);
            }
            if (choices == 0) {
                throw new IllegalStateException("a dead end behind " + text.toString(StandardCharsets.UTF_8));
            }
            int token = nth(allowed, random.nextInt(choices));
            constraint.advance(token);
            text.writeBytes(tokens.bytes(token));
        }
        throw new IllegalStateException("not ended: " + text.toString(StandardCharsets.UTF_8));
    }

    private static int nth(BitSet bits, int n) {
        int at = bits.nextSetBit(0);
        for (int i = 0; i < n; i++) {
            at = bits.nextSetBit(at + 1);
        }
        return at;
    }
}
