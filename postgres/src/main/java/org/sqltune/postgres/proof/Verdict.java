package org.sqltune.postgres.proof;

import org.jspecify.annotations.Nullable;

/**
 * The result of converting and proving one query.
 *
 * @param sql the query for PostgreSQL; null if it couldn't be converted
 * @param reason why the query isn't proved; null if it is
 * @param detail the reason in one line; empty if proved
 * @param ordered whether the rows have the same order, if the query prescribes one
 * @param freeChoice whether other results would be right too, because of a tie at a LIMIT or an arbitrary row of a
 *     group
 */
public record Verdict(
        @Nullable String sql, @Nullable RejectReason reason, String detail, boolean ordered, boolean freeChoice) {

    static Verdict proved(String sql, boolean ordered, boolean freeChoice) {
        return new Verdict(sql, null, "", ordered, freeChoice);
    }

    /** Returns the verdict on a query that isn't proved. */
    public static Verdict rejected(@Nullable String sql, RejectReason reason, @Nullable String detail) {
        return new Verdict(sql, reason, String.valueOf(detail).replaceAll("\\s+", " "), false, false);
    }

    /** Returns whether PostgreSQL returned the same rows as SQLite. */
    public boolean isProved() {
        return reason == null;
    }
}
