package org.sqltune.inference.constraint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sqltune.model.generation.TokenConstraint;
import org.sqltune.model.tokenizer.TokenBytes;

/** Writes answers by choosing each token by chance among those that are allowed. */
final class TokenWalk {
    private static final int TRIES = 400;
    private static final int PLENTY = 10_000;

    private final TokenBytes tokens;
    private final Random random;
    private final int[][] byFirstByte;
    private final List<Long> nanos = new ArrayList<>();

    TokenWalk(TokenBytes tokens, Random random) {
        this.tokens = tokens;
        this.random = random;
        this.byFirstByte = IntStream.range(0, tokens.size())
                .filter(id -> tokens.bytes(id) != null)
                .boxed()
                .collect(Collectors.groupingBy(id -> tokens.bytes(id)[0]))
                .values()
                .stream()
                .map(ids -> ids.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** The time that each mask took. */
    List<Long> nanos() {
        return nanos;
    }

    /**
     * A whole answer whose tokens are drawn until one is allowed, so that masks are hardly ever made: many times faster. First
     * bytes are equally likely, not tokens.
     *
     * @param most tokens after which the shortest way to an end is taken, as behind a model that would end
     */
    String drawn(TokenConstraint constraint, int most) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < most; i++) {
            boolean mayEnd = constraint.mayEnd();
            if (mayEnd && random.nextInt(8) == 0) {
                return text.toString(StandardCharsets.UTF_8);
            }
            int token = drawnToken(constraint);
            if (token < 0 && !mayEnd) {
                throw new IllegalStateException("a dead end behind " + text.toString(StandardCharsets.UTF_8));
            }
            if (token < 0) {
                return text.toString(StandardCharsets.UTF_8);
            }
            constraint.advance(token);
            text.writeBytes(tokens.bytes(token));
        }
        return ended(constraint, text);
    }

    private int drawnToken(TokenConstraint constraint) {
        for (int i = 0; i < TRIES; i++) {
            int[] some = byFirstByte[random.nextInt(byFirstByte.length)];
            int token = some[random.nextInt(some.length)];
            if (constraint.allows(token, PLENTY)) {
                return token;
            }
        }
        BitSet allowed = BitSet.valueOf(constraint.allowed(PLENTY));
        return allowed.isEmpty() ? -1 : nth(allowed, random.nextInt(allowed.cardinality()));
    }

    private String ended(TokenConstraint constraint, ByteArrayOutputStream text) {
        for (int token : constraint.ending()) {
            constraint.advance(token);
            text.writeBytes(tokens.bytes(token));
        }
        if (!constraint.mayEnd()) {
            throw new IllegalStateException("no end of " + text.toString(StandardCharsets.UTF_8));
        }
        return text.toString(StandardCharsets.UTF_8);
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
