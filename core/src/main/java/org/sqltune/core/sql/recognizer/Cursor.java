package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.NameTrie;

/** A place in the spellings that may come: one trie with those of it that are wanted. */
record Cursor(Expectation.Choice choice, boolean inQuotes, NameTrie.Node node) {
    /** At the beginning of the spellings; null if none is wanted. */
    static @Nullable Cursor begin(Expectation.Choice choice, boolean inQuotes) {
        Cursor cursor = new Cursor(
                choice,
                inQuotes,
                (inQuotes ? choice.tries().inQuotes() : choice.tries().bare()).root());
        return cursor.node.leadsTo(cursor.wanted()) ? cursor : null;
    }

    /** At the beginning of those that may stand in brackets, which can't be doubled as other quotes can. */
    static @Nullable Cursor beginInBrackets(Expectation.Choice choice) {
        java.util.BitSet closing = choice.tries().inQuotes().having(']');
        if (!closing.intersects(choice.inQuotes())) {
            return begin(choice, true);
        }
        java.util.BitSet wanted = (java.util.BitSet) choice.inQuotes().clone();
        wanted.andNot(closing);
        return begin(new Expectation.Choice(choice.keyword(), choice.tries(), choice.bare(), wanted), true);
    }

    NameTrie trie() {
        return inQuotes ? choice.tries().inQuotes() : choice.tries().bare();
    }

    java.util.BitSet wanted() {
        return inQuotes ? choice.inQuotes() : choice.bare();
    }

    /** One byte on; null if nothing wanted goes on so. */
    @Nullable
    Cursor next(byte next) {
        boolean capital = choice.tries().anyCase() && next >= 'A' && next <= 'Z';
        NameTrie.Node child = node.child(capital ? (byte) (next + 32) : next);
        return child != null && child.leadsTo(wanted()) ? new Cursor(choice, inQuotes, child) : null;
    }

    boolean isWhole() {
        return node.ends(wanted());
    }

    Terminal terminal() {
        String name = trie().name(node);
        if (choice.keyword()) {
            return Terminal.keyword(name);
        }
        return inQuotes ? Terminal.quoted(name) : Terminal.name(name);
    }
}
