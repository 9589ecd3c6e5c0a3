package org.sqltune.synthesis.invention;

import java.util.List;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;

/**
 * A schema with the meaning of its names.
 *
 * @param id the database's name
 * @param tables in the schema's order
 * @param links the references between them
 */
public record InventedSchema(String id, List<InventedTable> tables, List<InventedLink> links) {
    public InventedSchema {
        tables = List.copyOf(tables);
        links = List.copyOf(links);
    }

    public Schema schema() {
        return new Schema(
                id,
                tables.stream().map(InventedTable::table).toList(),
                links.stream().map(InventedSchema::foreignKey).toList());
    }

    private static ForeignKey foreignKey(InventedLink link) {
        return new ForeignKey(
                link.child().name(), link.childColumn(), link.parent().name(), link.parentColumn());
    }

    /**
     * A reference from one invented table to another.
     *
     * @param child the referring table
     * @param childColumn the referring column
     * @param parent the table referred to
     * @param parentColumn the column referred to, the parent's key
     */
    public record InventedLink(InventedTable child, String childColumn, InventedTable parent, String parentColumn) {}
}
