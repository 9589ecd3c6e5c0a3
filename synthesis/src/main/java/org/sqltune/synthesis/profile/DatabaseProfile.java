package org.sqltune.synthesis.profile;

import java.util.List;

/**
 * The tables that have rows, and the links between them.
 *
 * @param tables in the schema's order
 * @param links in the schema's order
 */
public record DatabaseProfile(List<TableProfile> tables, List<Link> links) {
    public DatabaseProfile {
        tables = List.copyOf(tables);
        links = List.copyOf(links);
    }

    /** Returns the links from this table to others. */
    public List<Link> linksFrom(TableProfile child) {
        return links.stream()
                .filter(link -> link.child().name().equals(child.name()))
                .toList();
    }

    /** Returns the links from others to this table. */
    public List<Link> linksTo(TableProfile parent) {
        return links.stream()
                .filter(link -> link.parent().name().equals(parent.name()))
                .toList();
    }

    /**
     * A reference from many rows to one.
     *
     * @param child the referring table
     * @param reference the referring column
     * @param parent the table referred to; another than {@code child}
     * @param key the column referred to
     */
    public record Link(TableProfile child, ColumnProfile reference, TableProfile parent, ColumnProfile key) {}
}
