package org.sqltune.synthesis.profile;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqltune.core.schema.SqlDialect;

/**
 * A table and its columns.
 *
 * @param name the name as the database spells it
 * @param columns in the table's order
 * @param rows number of rows read
 * @param spoken the table's name in words; empty if the name itself suffices
 * @param dialect which names its database reads without quotes
 */
public record TableProfile(String name, List<ColumnProfile> columns, int rows, String spoken, SqlDialect dialect) {
    public TableProfile {
        columns = List.copyOf(columns);
    }

    /** Creates a table of an SQLite database. */
    public TableProfile(String name, List<ColumnProfile> columns, int rows, String spoken) {
        this(name, columns, rows, spoken, SqlDialect.SQLITE);
    }

    /** Creates a table of an SQLite database, whose name needs no other words. */
    public TableProfile(String name, List<ColumnProfile> columns, int rows) {
        this(name, columns, rows, "");
    }

    /** Returns the name as SQL, quoted if necessary. */
    public String sql() {
        return ColumnProfile.sql(name, dialect);
    }

    /** Returns the matching columns, in the table's order. */
    public List<ColumnProfile> columns(Predicate<ColumnProfile> fits) {
        return columns.stream().filter(fits).toList();
    }

    /** Returns the columns of these roles, in the table's order. */
    public List<ColumnProfile> columns(ColumnRole... roles) {
        return columns(column -> column.is(roles));
    }

    /** Returns the column of this name, ignoring case. */
    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Returns the column that identifies a row in questions: its name, else its key, else the first column. */
    public ColumnProfile label() {
        return columns(ColumnRole.NAME).stream()
                .findFirst()
                .or(() -> columns(c -> c.is(ColumnRole.KEY) && c.unique()).stream()
                        .findFirst())
                .orElse(columns.get(0));
    }
}
