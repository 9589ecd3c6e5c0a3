package org.sqltune.core.schema;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.regex.Pattern;

/** Quotes names of tables and columns, so that SQL reads them unchanged whatever characters they contain. */
public final class SqlIdentifiers {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * Words that SQLite's grammar (parse.y) doesn't let fall back to an identifier, and those of <a
     * href="https://www.postgresql.org/docs/current/sql-keywords-appendix.html">PostgreSQL's reserved words</a> that
     * occur as names in practice.
     */
    private static final ImmutableSet<String> RESERVED = ImmutableSet.copyOf(("add all alter analyse analyze and any"
                    + " array as asc autoincrement between both case cast check collate column commit constraint create"
                    + " cross current_date current_time current_timestamp current_user default deferrable delete desc"
                    + " distinct do drop else end escape except exists false fetch for foreign from full grant group"
                    + " having if in index indexed inner insert intersect into is isnull join lateral leading left like"
                    + " limit natural not nothing notnull null offset on only or order outer primary raise references"
                    + " returning right select session_user set similar some symmetric table then to trailing"
                    + " transaction true union unique update user using values variadic verbose when where window with")
            .split(" "));

    private SqlIdentifiers() {}

    /** Returns the name in double quotes, with inner quotes doubled: standard SQL, valid in SQLite and PostgreSQL. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns the name unchanged if it is a valid plain identifier, else {@link #quoted}. */
    public static String quotedIfNeeded(String name) {
        boolean plain = PLAIN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
        return plain ? name : quoted(name);
    }

    /** Returns the name unchanged if the database reads it without quotes, else {@link #quoted}. */
    public static String quotedIfNeeded(String name, SqlDialect dialect) {
        return dialect.readsBare(name) ? name : quoted(name);
    }
}
