package org.sqltune.synthesis.augmentation;

import java.util.Locale;

/** Ways to make a pair of a pair. */
public enum Augmentation {
    /** Another value of the same column, in question and SQL; the new query is run. */
    SWAP,
    /** The question in other words. */
    PARAPHRASE,
    /** Tables and columns of the schema in another order. */
    SHUFFLE;

    /** Returns the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
