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

    /** The name as spoken: in lower case, with spaces. */
    public String spoken() {
        return SpokenNames.spoken(column.name());
    }
}
