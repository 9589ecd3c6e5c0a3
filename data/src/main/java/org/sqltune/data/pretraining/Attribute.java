package org.sqltune.data.pretraining;

import org.sqltune.core.schema.Column;
import org.sqltune.data.synthesis.phrasing.Names;

/**
 * A column together with what its values are.
 *
 * @param column as the schema has it
 * @param kind what the values are
 */
record Attribute(Column column, ValueKind kind) {
    String name() {
        return column.name();
    }

    /** The name as spoken: in lower case, with spaces. */
    String spoken() {
        return Names.spoken(column.name());
    }
}
