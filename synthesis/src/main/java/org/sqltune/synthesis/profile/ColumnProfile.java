package org.sqltune.synthesis.profile;

import java.util.List;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.SqlIdentifiers;

/**
 * A column and its values.
 *
 * @param name the name as the database spells it
 * @param role the column's role
 * @param values the distinct values read, numbers sorted by size and texts alphabetically; empty for {@link
 *     ColumnRole#OTHER}
 * @param filled number of rows read with a value
 * @param missing number of rows read with NULL
 * @param comment the column's meaning in a few words; empty if unknown
 * @param dialect which names its database reads without quotes
 */
public record ColumnProfile(
        String name,
        ColumnRole role,
        List<ProfiledValue> values,
        int filled,
        int missing,
        String comment,
        SqlDialect dialect) {
    private static final int MOST_GROUPS = 40;

    public ColumnProfile {
        values = List.copyOf(values);
    }

    /** Creates a column of an SQLite database. */
    public ColumnProfile(
            String name, ColumnRole role, List<ProfiledValue> values, int filled, int missing, String comment) {
        this(name, role, values, filled, missing, comment, SqlDialect.SQLITE);
    }

    /** Creates a column of an SQLite database, without a comment. */
    public ColumnProfile(String name, ColumnRole role, List<ProfiledValue> values, int filled, int missing) {
        this(name, role, values, filled, missing, "");
    }

    /** Returns the name as SQL, quoted if necessary. */
    public String sql() {
        return sql(name, dialect);
    }

    /** SQLite's names are quoted where PostgreSQL would need it, too: such queries run on either. */
    static String sql(String name, SqlDialect dialect) {
        return dialect.isPostgres()
                ? SqlIdentifiers.quotedIfNeeded(name, dialect)
                : SqlIdentifiers.quotedIfNeeded(name);
    }

    /** Returns the column as one of a database of this dialect. */
    ColumnProfile in(SqlDialect other) {
        return new ColumnProfile(name, role, values, filled, missing, comment, other);
    }

    /** Returns whether the role is one of these. */
    public boolean is(ColumnRole... roles) {
        return List.of(roles).contains(role);
    }

    /** Returns whether no value occurs twice. */
    public boolean unique() {
        return filled == values.size();
    }

    /** Returns whether grouping by it makes sense: few values, each in several rows. */
    public boolean groupable() {
        boolean kind = is(ColumnRole.CATEGORY) || (is(ColumnRole.NUMBER) && wholeNumbers());
        return kind && values.size() >= 2 && values.size() <= MOST_GROUPS && filled >= 2 * values.size();
    }

    /** Returns whether it can order rows: a number or a date that differs between rows. */
    public boolean ordered() {
        return is(ColumnRole.NUMBER, ColumnRole.DATE) && values.size() >= 2;
    }

    private boolean wholeNumbers() {
        return values.stream().noneMatch(v -> v.text().contains("."));
    }
}
