package org.sqltune.synthesis.invention;

import org.sqltune.core.schema.Column;
import org.sqltune.data.naming.SpokenNames;

/**
 * A column together with what its values are.
 *
 * @param column as the schema has it
 * @param kind what the values are
 */
public record Attribute(Column column, InventedValueKind kind) {
    public String name() {
        return column.name();
    }

    /** Returns what it is called in speech, in lower case, with spaces: its comment, or its name where it has none. */
    public String spoken() {
        return column.comment().isEmpty() ? SpokenNames.spoken(column.name()) : column.comment();
    }
}
