package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a prompt leads in a {@link PrefixTree}.
 *
 * @param nodes those that hold its first tokens, from the root on
 * @param tokens how many of its tokens they hold; the last node may hold others behind them
 */
record PrefixPath(List<PrefixNode> nodes, int tokens) {
    /** @param root null where nothing of its kind is kept */
    static PrefixPath of(@Nullable PrefixNode root, long[] prompt) {
        List<PrefixNode> nodes = new ArrayList<>();
        int tokens = 0;
        PrefixNode node = root;
        while (node != null) {
            int common = node.common(prompt, tokens);
            nodes.add(node);
            tokens += common;
            boolean whole = common == node.length() && tokens < prompt.length;
            node = whole ? node.child(prompt[tokens]) : null;
        }
        return new PrefixPath(nodes, tokens);
    }

    PrefixNode last() {
        return nodes.get(nodes.size() - 1);
    }

    /** How many tokens of the last node are the prompt's. */
    int ofLast() {
        int before = 0;
        for (int i = 0; i < nodes.size() - 1; i++) {
            before += nodes.get(i).length();
        }
        return tokens - before;
    }
}
