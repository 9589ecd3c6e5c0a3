package org.sqltune.synthesis.invention;

import java.util.List;
import org.sqltune.core.schema.Column;
import org.sqltune.synthesis.invention.InventedSchema.InventedLink;

/** Respells a schema: the same tables with another naming style and other type names. */
public final class SchemaSpeller {
    private static final NamingStyle[] STYLES = NamingStyle.values();
    private static final double[] STYLE_WEIGHTS = {64, 18, 4, 9, 3, 2};
    private static final double SPIDER_TYPES = 0.25;

    private final Sampler random;

    public SchemaSpeller(Sampler random) {
        this.random = random;
    }

    /** Returns the schema in a random style. */
    public InventedSchema spell(InventedSchema schema) {
        NamingStyle style = STYLES[random.weighted(STYLE_WEIGHTS)];
        boolean spiderTypes = random.chance(SPIDER_TYPES);
        List<InventedTable> tables = schema.tables().stream()
                .map(table -> new InventedTable(
                        style.table(table.name()),
                        table.noun(),
                        table.attributes().stream()
                                .map(attribute -> spell(attribute, style, spiderTypes))
                                .toList()))
                .toList();
        List<InventedLink> links = schema.links().stream()
                .map(link -> new InventedLink(
                        tables.get(schema.tables().indexOf(link.child())),
                        style.column(link.childColumn()),
                        tables.get(schema.tables().indexOf(link.parent())),
                        style.column(link.parentColumn())))
                .toList();
        return new InventedSchema(schema.id(), tables, links);
    }

    private static Attribute spell(Attribute attribute, NamingStyle style, boolean spiderTypes) {
        Column column = attribute.column();
        String type = spiderTypes ? spiderType(column.type()) : column.type();
        return new Attribute(new Column(style.column(column.name()), type, column.primaryKey()), attribute.kind());
    }

    /** Returns the type's name in Spider's {@code tables.json}. */
    private static String spiderType(String type) {
        return switch (type) {
            case "integer", "real" -> "number";
            case "date" -> "time";
            default -> type;
        };
    }
}
