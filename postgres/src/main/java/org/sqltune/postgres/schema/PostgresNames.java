package org.sqltune.postgres.schema;

import com.google.common.collect.ImmutableSet;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jooq.Name;
import org.jooq.impl.DSL;

/**
 * Names in PostgreSQL. One that PostgreSQL reads as it is stays unquoted and so folds to lower case wherever it is
 * written; any other is quoted and keeps its spelling.
 */
public final class PostgresNames {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** PostgreSQL cuts longer names off without a word. */
    private static final int MAX_BYTES = 63;

    /** The reserved ones of <a href="https://www.postgresql.org/docs/18/sql-keywords-appendix.html">appendix C</a>. */
    private static final ImmutableSet<String> RESERVED = ImmutableSet.copyOf(("all analyse analyze and any array as asc"
                    + " asymmetric authorization binary both case cast check collate collation column concurrently"
                    + " constraint create cross current_catalog current_date current_role current_schema current_time"
                    + " current_timestamp current_user default deferrable desc distinct do else end except false fetch"
                    + " for foreign freeze from full grant group having ilike in initially inner intersect into is"
                    + " isnull join lateral leading left like limit localtime localtimestamp natural not notnull null"
                    + " offset on only or order outer overlaps placing primary references returning right select"
                    + " session_user similar some symmetric system_user table tablesample then to trailing true union"
                    + " unique user using variadic verbose when where window with")
            .split(" "));

    private PostgresNames() {}

    /** The name for what SQLite calls {@code name}; one that is too long is cut and made unique by a hash. */
    public static Name of(String name) {
        String fitting = fitting(name.replace("\0", ""));
        boolean plain = PLAIN.matcher(fitting).matches() && !RESERVED.contains(fitting.toLowerCase(Locale.ROOT));
        return plain ? DSL.unquotedName(fitting) : DSL.quotedName(fitting.isEmpty() ? "_" : fitting);
    }

    private static String fitting(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return name;
        }
        String hash = "_" + Integer.toHexString(name.toLowerCase(Locale.ROOT).hashCode());
        int chars = name.length();
        while (name.substring(0, chars).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES - hash.length()) {
            chars = name.offsetByCodePoints(chars, -1);
        }
        return name.substring(0, chars) + hash;
    }
}
