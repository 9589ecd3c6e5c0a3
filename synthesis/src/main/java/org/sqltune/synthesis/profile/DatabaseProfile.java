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

    /** Returns the links in which the table refers to another. */
    public List<Link> linksFrom(TableProfile child) {
        return links.stream()
                .filter(link -> link.child().name().equals(child.name()))
                .toList();
    }

    /** Returns the links in which the table is referred to. */
    public List<Link> linksTo(TableProfile parent) {
        return links.stream()
                .filter(link -> link.parent().name().equals(parent.name()))
                .toList();
    }
}
