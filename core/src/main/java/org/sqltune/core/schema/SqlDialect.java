package org.sqltune.core.schema;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which names a database reads without quotes. */
public enum SqlDialect {
    /** SQLite, which ignores the case of names. */
    SQLITE("[\\p{L}_][\\p{L}\\p{M}\\p{N}_$]*", Words.SQLITE),

    /** PostgreSQL, with the names that it stores: without quotes it would read a capital as a small letter. */
    POSTGRES(Words.FOLDED, Words.POSTGRES),

    /** PostgreSQL, with names that were made without quotes where it reads them so, whatever their capitals. */
    POSTGRES_FOLDED("[A-Za-z_][A-Za-z0-9_]*|" + Words.FOLDED, Words.POSTGRES);

    private final Pattern plain;
    private final ImmutableSet<String> reserved;

    SqlDialect(String plain, ImmutableSet<String> reserved) {
        this.plain = Pattern.compile(plain);
        this.reserved = reserved;
    }

    /** Whether the name means itself in every place where a table's or a column's name can stand, without quotes. */
    public boolean readsBare(String name) {
        return plain.matcher(name).matches() && !reserved.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether this is PostgreSQL. */
    public boolean isPostgres() {
        return this != SQLITE;
    }

    /** An enum's own static fields are set after its constants. */
    private static final class Words {
        /** Of ASCII's letters, small ones alone; PostgreSQL leaves all others as they are. */
        private static final String FOLDED =
                "(?:[a-z_]|(?!\\p{ASCII})\\p{L})(?:[a-z0-9_$]|(?!\\p{ASCII})[\\p{L}\\p{M}\\p{N}])*";

        /** What SQLite's grammar (parse.y) takes for no name, or for something else, where a name may stand. */
        private static final ImmutableSet<String> SQLITE = words("add all alter and as autoincrement between case cast"
                + " check collate commit constraint create current_date current_time current_timestamp default"
                + " deferrable delete distinct drop else escape except exists foreign from group having if in index"
                + " insert intersect into is isnull join limit not nothing notnull null on or order primary raise"
                + " references returning select set table then to transaction union unique update using values when"
                + " where");

        /**
         * The reserved ones of <a href="https://www.postgresql.org/docs/18/sql-keywords-appendix.html">appendix C</a>,
         * with those that can only name functions and types.
         */
        private static final ImmutableSet<String> POSTGRES = words("all analyse analyze and any array as asc asymmetric"
                + " authorization binary both case cast check collate collation column concurrently constraint create"
                + " cross current_catalog current_date current_role current_schema current_time current_timestamp"
                + " current_user default deferrable desc distinct do else end except false fetch for foreign freeze"
                + " from full grant group having ilike in initially inner intersect into is isnull join lateral leading"
                + " left like limit localtime localtimestamp natural not notnull null offset on only or order outer"
                + " overlaps placing primary references returning right select session_user similar some symmetric"
                + " system_user table tablesample then to trailing true union unique user using variadic verbose when"
                + " where window with");

        private static ImmutableSet<String> words(String list) {
            return ImmutableSet.copyOf(list.split(" "));
        }
    }
}
