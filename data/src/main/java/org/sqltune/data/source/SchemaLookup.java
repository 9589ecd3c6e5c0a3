package org.sqltune.data.source;

import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.JsonRow;

/** Finds the schema of a row's question. */
@FunctionalInterface
public interface SchemaLookup {
    /** Returns the row's own {@code schema}. */
    SchemaLookup OF_ROW = (row, mapping) -> new VerbatimSchema(row.text(mapping.name("schema")));

    /**
     * Returns the schema.
     *
     * @throws org.sqltune.core.SqlTuneException if there is none; the message names file and line
     */
    SchemaContent schema(JsonRow row, ColumnMapping mapping);
}
