package org.sqltune.postgres.schema;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.sqltune.core.schema.SqlDialect;

/**
 * Converts names to PostgreSQL. A name that needs no quotes stays unquoted, so PostgreSQL folds it to lower case
 * everywhere; any other name is quoted and keeps its spelling.
 */
public final class PostgresNames {
    /** ASCII only, so that folding is the same on every server. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** PostgreSQL truncates longer names silently. */
    private static final int MAX_BYTES = 63;

    private PostgresNames() {}

    /**
     * Returns PostgreSQL's name for a name in SQLite; a name that is too long is truncated and made unique by a hash.
     */
    public static Name of(String name) {
        String fitting = fitting(name.replace("\0", ""));
        boolean plain = PLAIN.matcher(fitting).matches() && SqlDialect.POSTGRES_FOLDED.readsBare(fitting);
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
