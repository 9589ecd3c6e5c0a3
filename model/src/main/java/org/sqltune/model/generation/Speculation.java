package org.sqltune.model.generation;

import java.util.Arrays;
import java.util.Set;

/**
 * Proposes how a text goes on: as it went on before, in the prompt or in the answer, behind the same last tokens (prompt lookup
 * decoding, Saxena 2023). How many tokens it proposes follows how many of them turned out right, so that texts that copy
 * nothing pay next to nothing.
 */
final class Speculation {
    private static final int LONGEST_MATCH = 4;
    private static final int SHORTEST_MATCH = 2;
    private static final int LONGEST_PAUSE = 16;

    private final int most;
    private final Set<Integer> stopIds;
    private int length;
    private int misses;
    private int pause;
    private int allProposed;
    private int allRight;

    /** @param most how many tokens are proposed at most */
    Speculation(int most, Set<Integer> stopIds) {
        this.most = most;
        this.stopIds = stopIds;
        this.length = Math.min(2, most);
    }

    /** Tokens that may come next, at most {@code room}. */
    long[] propose(TokenHistory text, int room) {
        int count = Math.min(length, room);
        if (count <= 0) {
            return new long[0];
        }
        if (pause > 0) {
            pause--;
            return new long[0];
        }
        for (int match = LONGEST_MATCH; match >= SHORTEST_MATCH; match--) {
            long[] found = text.followedBefore(match, count);
            if (found.length > 0) {
                return beforeStop(found);
            }
        }
        return new long[0];
    }

    private long[] beforeStop(long[] proposed) {
        for (int i = 0; i < proposed.length; i++) {
            if (stopIds.contains((int) proposed[i])) {
                return Arrays.copyOf(proposed, i);
            }
        }
        return proposed;
    }

    /** Tokens that were proposed so far. */
    int proposed() {
        return allProposed;
    }

    /** Those of them that were right. */
    int right() {
        return allRight;
    }

    /** Hears how many of the tokens proposed last were right. */
    void verified(int proposed, int right) {
        if (proposed == 0) {
            return;
        }
        allProposed += proposed;
        allRight += right;
        if (right == proposed) {
            length = Math.min(most, 2 * length);
        } else {
            length = Math.max(1, right + 1);
        }
        misses = right == 0 ? misses + 1 : 0;
        pause = misses < 2 ? 0 : Math.min(LONGEST_PAUSE, 1 << misses - 1);
    }
}
