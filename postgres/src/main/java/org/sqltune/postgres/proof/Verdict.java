package org.sqltune.postgres.proof;

import org.jspecify.annotations.Nullable;

/**
 * What became of one query.
 *
 * @param sql in PostgreSQL; null if it couldn't be converted
 * @param reason why it isn't proved; null if it is
 * @param detail one line on the reason; empty if proved
 * @param ordered whether the rows came in the same order where the query prescribes one
 * @param freeChoice whether another outcome would have been as right, by a tie at a LIMIT or a free row of a group
 */
public record Verdict(
        @Nullable String sql, @Nullable RejectReason reason, String detail, boolean ordered, boolean freeChoice) {

    static Verdict proved(String sql, boolean ordered, boolean freeChoice) {
        return new Verdict(sql, null, "", ordered, freeChoice);
    }

    /** Returns a query that isn't proved. */
    public static Verdict rejected(@Nullable String sql, RejectReason reason, @Nullable String detail) {
        return new Verdict(sql, reason, String.valueOf(detail).replaceAll("\\s+", " "), false, false);
    }

    /** Returns whether PostgreSQL returned what SQLite did. */
    public boolean isProved() {
        return reason == null;
    }
}
