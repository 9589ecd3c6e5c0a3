package org.sqltune.training.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Examples whose prompts begin alike.
 *
 * @param members at least one
 * @param prefix tokens they begin with alike; of a member alone, all of its prompt but the last
 */
record PrefixGroup(List<TokenizedExample> members, int prefix) {
    PrefixGroup {
        members = List.copyOf(members);
    }

    /** Tokens that are computed where the beginning is computed once. */
    int tokens() {
        return members.size() == 1
                ? members.get(0).length()
                : prefix
                        + members.stream()
                                .mapToInt(each -> each.length() - prefix)
                                .sum();
    }

    /** The same examples in groups of at most {@code budget} tokens each, unless a single example has more. */
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
