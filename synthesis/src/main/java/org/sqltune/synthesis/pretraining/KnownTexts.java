package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.example.ValueLink;

/** Texts that a database's columns are known to contain, for use without the database itself. */
final class KnownTexts {
    private record Place(String table, String column) {}

    private final Map<Place, Set<String>> texts = new LinkedHashMap<>();

    void add(ValueLink link) {
        texts.computeIfAbsent(new Place(link.table(), link.column()), place -> new LinkedHashSet<>())
                .add(link.value());
    }

    /** Returns the known texts of a column, in the order of discovery. */
    List<String> of(String table, String column) {
        return List.copyOf(texts.getOrDefault(new Place(table, column), Set.of()));
    }

    /** Returns all known texts. */
    List<ValueLink> all() {
        List<ValueLink> all = new ArrayList<>();
        texts.forEach((place, values) ->
                values.forEach(value -> all.add(new ValueLink(place.table(), place.column(), value))));
        return all;
    }
}
