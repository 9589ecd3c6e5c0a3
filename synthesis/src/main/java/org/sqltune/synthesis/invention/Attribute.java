package org.sqltune.synthesis.invention;

import org.sqltune.core.schema.Column;
import org.sqltune.data.naming.SpokenNames;

/**
 * A column and the kind of its values.
 *
 * @param column the schema's column
 * @param kind the kind of its values
 */
public record Attribute(Column column, InventedValueKind kind) {
    public String name() {
        return column.name();
    }

    /**
     * Returns the column's name in questions, in lower case and with spaces: its comment, or its name if it has none.
     */
    public String spoken() {
        return column.comment().isEmpty() ? SpokenNames.spoken(column.name()) : column.comment();
    }
}
