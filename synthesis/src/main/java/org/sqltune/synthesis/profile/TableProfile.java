package org.sqltune.synthesis.profile;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqltune.core.schema.SqlIdentifiers;

/**
 * A table and its columns.
 *
 * @param name as the database spells it
 * @param columns in the table's order
 * @param rows rows seen
 * @param spoken what it is called, in words; empty if the name says it
 */
public record TableProfile(String name, List<ColumnProfile> columns, int rows, String spoken) {
    public TableProfile {
        columns = List.copyOf(columns);
    }

    /** Creates a table whose name says what it is. */
    public TableProfile(String name, List<ColumnProfile> columns, int rows) {
        this(name, columns, rows, "");
    }

    /** Returns the name as SQL writes it, quoted where it must be. */
    public String sql() {
        return SqlIdentifiers.quotedIfNeeded(name);
    }

    /** Returns the columns that fit, in the table's order. */
    public List<ColumnProfile> columns(Predicate<ColumnProfile> fits) {
        return columns.stream().filter(fits).toList();
    }

    /** Returns the columns of these roles, in the table's order. */
    public List<ColumnProfile> columns(ColumnRole... roles) {
        return columns(column -> column.is(roles));
    }

    /** Returns the column of that name, case ignored. */
    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Returns the column by which a row is called: its name, else its key, else its first column. */
    public ColumnProfile label() {
        return columns(ColumnRole.NAME).stream()
                .findFirst()
                .or(() -> columns(c -> c.is(ColumnRole.KEY) && c.unique()).stream()
                        .findFirst())
                .orElse(columns.get(0));
    }
}
