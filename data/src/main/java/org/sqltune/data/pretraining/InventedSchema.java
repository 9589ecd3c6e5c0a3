package org.sqltune.data.pretraining;

import java.util.List;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;

/**
 * A schema together with what its names mean.
 *
 * @param id the database's name
 * @param tables in the schema's order
 * @param links the references between them
 */
record InventedSchema(String id, List<InventedTable> tables, List<Link> links) {
    InventedSchema {
        tables = List.copyOf(tables);
        links = List.copyOf(links);
    }

    Schema schema() {
        return new Schema(
                id,
                tables.stream().map(InventedTable::table).toList(),
                links.stream().map(InventedSchema::foreignKey).toList());
    }

    private static ForeignKey foreignKey(Link link) {
        return new ForeignKey(
                link.child().name(), link.childColumn(), link.parent().name(), link.parentColumn());
    }
}
