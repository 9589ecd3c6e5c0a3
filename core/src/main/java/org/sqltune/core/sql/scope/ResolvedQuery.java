package org.sqltune.core.sql.scope;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Select;

/** A query with what each of its names stands for. */
public final class ResolvedQuery {
    private final Query query;
    /** By identity. */
    private final Map<ColumnName, NameMeaning> meanings;
    /** By identity. */
    private final Map<Select, List<QuerySource>> sources;

    private final List<NameFault> faults;

    ResolvedQuery(
            Query query,
            Map<ColumnName, NameMeaning> meanings,
            Map<Select, List<QuerySource>> sources,
            List<NameFault> faults) {
        this.query = query;
        this.meanings = meanings;
        this.sources = sources;
        this.faults = List.copyOf(faults);
    }

    /** The query as it was written. */
    public Query query() {
        return query;
    }

    /**
     * What a name stands for.
     *
     * @param name a node of the query's tree, not one equal to it
     * @return empty if the node isn't of this tree
     */
    public Optional<NameMeaning> meaning(ColumnName name) {
        return Optional.ofNullable(meanings.get(name));
    }

    /**
     * The sources of a SELECT of this query or one inside it, from left to right.
     *
     * @param select a node of the query's tree
     */
    public List<QuerySource> sources(Select select) {
        return sources.getOrDefault(select, List.of());
    }

    /** For which names SQLite refuses the query; empty if it takes them all. */
    public List<NameFault> faults() {
        return faults;
    }
}
