package org.sqltune.synthesis.invention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqltune.core.schema.Column;
import org.sqltune.data.naming.SpokenNames;
import org.sqltune.synthesis.invention.InventedSchema.InventedLink;

/**
 * Abbreviates column names like those of old databases ({@code cst_nm} for {@code customer_name}) and explains them
 * in a comment. Questions use the comment's words, so that a model learns to read comments.
 */
public final class NameShortener {
    private static final double SCHEMAS = 0.08;
    private static final double COLUMNS = 0.6;
    private static final int LONGEST = 4;

    private final Sampler random;

    public NameShortener(Sampler random) {
        this.random = random;
    }

    /** Returns the schema, occasionally with short names. Keys keep their names, since links refer to them. */
    public InventedSchema shorten(InventedSchema schema) {
        if (!random.chance(SCHEMAS)) {
            return schema;
        }
        List<InventedTable> tables = schema.tables().stream().map(this::shorten).toList();
        List<InventedLink> links = schema.links().stream()
                .map(link -> new InventedLink(
                        tables.get(schema.tables().indexOf(link.child())),
                        link.childColumn(),
                        tables.get(schema.tables().indexOf(link.parent())),
                        link.parentColumn()))
                .toList();
        return new InventedSchema(schema.id(), tables, links);
    }

    private InventedTable shorten(InventedTable table) {
        Set<String> taken = table.attributes().stream()
                .map(attribute -> attribute.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
        List<Attribute> attributes = new ArrayList<>();
        for (Attribute attribute : table.attributes()) {
            String name = shortened(attribute.name());
            boolean shortens = attribute.kind() != InventedValueKind.KEY && random.chance(COLUMNS);
            attributes.add(shortens && taken.add(name.toLowerCase(Locale.ROOT)) ? renamed(attribute, name) : attribute);
        }
        return new InventedTable(table.name(), table.noun(), attributes);
    }

    private static Attribute renamed(Attribute attribute, String name) {
        Column column = attribute.column();
        return new Attribute(
                new Column(name, column.type(), column.primaryKey(), attribute.spoken(), column.samples()),
                attribute.kind());
    }

    /** Returns each word's first letter and the consonants after it, at most four letters. */
    static String shortened(String name) {
        return Arrays.stream(SpokenNames.spoken(name).split(" "))
                .map(word -> word.length() < LONGEST ? word : consonants(word))
                .collect(Collectors.joining("_"));
    }

    private static String consonants(String word) {
        String rest = word.substring(1).replaceAll("[aeiou]", "");
        return word.charAt(0) + rest.substring(0, Math.min(LONGEST - 1, rest.length()));
    }
}
