package org.sqltune.core.sql.scope;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Query.NamedQuery;

/** The queries that WITH defines here and further out. */
final class NamedQueries {
    /** One definition, and how far its columns are known. */
    static final class Definition {
        private final NamedQuery query;
        private final NamedQueries around;
        private final @Nullable QueryScope outer;
        private boolean begun;
        private boolean known;
        private @Nullable List<String> columns;

        Definition(NamedQuery query, NamedQueries around, @Nullable QueryScope outer) {
            this.query = query;
            this.around = around;
            this.outer = outer;
        }

        NamedQuery query() {
            return query;
        }

        /** What the query itself sees: its neighbours, later ones too. */
        NamedQueries around() {
            return around;
        }

        @Nullable
        QueryScope outer() {
            return outer;
        }

        /** Whether reading it has begun; false the first time. */
        boolean begin() {
            boolean before = begun;
            begun = true;
            return before;
        }

        /** Whether the columns are known: from then on it can be read inside itself, recursively. */
        boolean isKnown() {
            return known;
        }

        /** @param names null if nobody knows them */
        void setColumns(@Nullable List<String> names) {
            if (!known) {
                known = true;
                columns = query.columns().isEmpty() ? names : query.columns();
            }
        }

        @Nullable
        List<String> columns() {
            return columns;
        }
    }

    private final @Nullable NamedQueries outer;
    private final Map<String, Definition> definitions = new HashMap<>();

    NamedQueries(@Nullable NamedQueries outer, List<NamedQuery> queries, @Nullable QueryScope scope) {
        this.outer = outer;
        queries.forEach(query ->
                definitions.putIfAbsent(query.name().toLowerCase(Locale.ROOT), new Definition(query, this, scope)));
    }

    Iterable<Definition> own() {
        return definitions.values();
    }

    Optional<Definition> find(String name) {
        Definition found = definitions.get(name.toLowerCase(Locale.ROOT));
        return found != null || outer == null ? Optional.ofNullable(found) : outer.find(name);
    }
}
