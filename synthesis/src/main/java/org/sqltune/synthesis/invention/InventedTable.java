package org.sqltune.synthesis.invention;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqltune.core.schema.Table;

/**
 * A table with the meaning of its name and columns.
 *
 * @param name the name as the schema spells it
 * @param noun the noun for one row
 * @param attributes in the table's order; the first is its key
 */
public record InventedTable(String name, Noun noun, List<Attribute> attributes) {
    public InventedTable {
        attributes = List.copyOf(attributes);
    }

    Table table() {
        return new Table(name, attributes.stream().map(Attribute::column).toList());
    }

    public Attribute key() {
        return attributes.get(0);
    }

    /** Returns the columns that aren't keys. */
    public List<Attribute> facts() {
        return matching(kind -> kind != InventedValueKind.KEY);
    }

    public List<Attribute> matching(Predicate<InventedValueKind> wanted) {
        return attributes.stream()
                .filter(attribute -> wanted.test(attribute.kind()))
                .toList();
    }

    /** Returns the column that names a row, if there is one. */
    public Optional<Attribute> caption() {
        return matching(kind -> kind == InventedValueKind.NAME).stream().findFirst();
    }
}
