package org.sqltune.evaluation.compare;

import org.jspecify.annotations.Nullable;

/** How a question's verdict changed between two reports. */
enum Change {
    FIXED("fixed", "fixed"),
    BROKEN("broken", "broken"),
    WRONG("wrong", "wrong both times"),
    RIGHT("right", "right both times"),
    UNDECIDED("", "not scored");

    private final String style;
    private final String text;

    Change(String style, String text) {
        this.style = style;
        this.text = text;
    }

    static Change of(@Nullable Boolean before, @Nullable Boolean after) {
        if (before == null || after == null) {
            return UNDECIDED;
        }
        if (after) {
            return before ? RIGHT : FIXED;
        }
        return before ? BROKEN : WRONG;
    }

    String style() {
        return style;
    }

    String text() {
        return text;
    }
}
