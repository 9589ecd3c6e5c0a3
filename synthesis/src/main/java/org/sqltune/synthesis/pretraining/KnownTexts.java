package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.example.ValueLink;

/** Texts that a database's columns are known to hold, where the database itself isn't at hand. */
final class KnownTexts {
    private record Place(String table, String column) {}

    private final Map<Place, Set<String>> texts = new LinkedHashMap<>();

    void add(ValueLink link) {
        texts.computeIfAbsent(new Place(link.table(), link.column()), place -> new LinkedHashSet<>())
                .add(link.value());
    }

    /** Returns what is known of a column, in the order in which it became known. */
    List<String> of(String table, String column) {
        return List.copyOf(texts.getOrDefault(new Place(table, column), Set.of()));
    }

    /** Everything. */
    List<ValueLink> all() {
        List<ValueLink> all = new ArrayList<>();
        texts.forEach((place, values) ->
                values.forEach(value -> all.add(new ValueLink(place.table(), place.column(), value))));
        return all;
    }
}
