package org.sqltune.training.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Examples whose prompts begin with the same tokens.
 *
 * @param members the examples, at least one
 * @param prefix number of common leading tokens; for a single member, its prompt's length minus 1
 */
record PrefixGroup(List<TokenizedExample> members, int prefix) {
    PrefixGroup {
        members = List.copyOf(members);
    }

    /** Returns the number of tokens that the model computes when it computes the prefix once. */
    int tokens() {
        return members.size() == 1
                ? members.get(0).length()
                : prefix
                        + members.stream()
                                .mapToInt(each -> each.length() - prefix)
                                .sum();
    }

    /** Splits the group into groups of at most {@code budget} tokens each; a group of one example may have more. */
    List<PrefixGroup> split(int budget) {
        List<PrefixGroup> parts = new ArrayList<>();
        List<TokenizedExample> part = new ArrayList<>();
        int tokens = prefix;
        for (TokenizedExample member : members) {
            int own = member.length() - prefix;
            if (!part.isEmpty() && tokens + own > budget) {
                parts.add(new PrefixGroup(part, prefix));
                part.clear();
                tokens = prefix;
            }
            part.add(member);
            tokens += own;
        }
        parts.add(new PrefixGroup(part, prefix));
        return parts;
    }
}
