package org.sqltune.core.sql.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.scope.NameMeaning.Ambiguous;
import org.sqltune.core.sql.scope.NameMeaning.Missing;
import org.sqltune.core.sql.scope.NameMeaning.OfResult;
import org.sqltune.core.sql.scope.NameMeaning.OfSource;
import org.sqltune.core.sql.scope.NameMeaning.RowId;
import org.sqltune.core.sql.scope.NameMeaning.Text;
import org.sqltune.core.sql.scope.NameMeaning.Truth;
import org.sqltune.core.sql.scope.NameMeaning.Undecided;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Result;

/**
 * What is visible in one place of a query (resolve.c): the columns of its sources, then, in all clauses but the select list,
 * the select list's aliases, then what the query around it sees.
 *
 * @param outer null if no query is around it
 * @param results the select list; empty where its aliases can't be seen
 */
record QueryScope(@Nullable QueryScope outer, List<QuerySource> sources, List<Result> results) {
    private static final Set<String> ROW_IDS = Set.of("rowid", "oid", "_rowid_");

    /** A scope without sources of its own. */
    static QueryScope empty(@Nullable QueryScope outer) {
        return new QueryScope(outer, List.of(), List.of());
    }

    QueryScope seeing(List<Result> aliases) {
        return new QueryScope(outer, sources, aliases);
    }

    NameMeaning meaning(ColumnName name) {
        for (QueryScope scope = this; scope != null; scope = scope.outer) {
            NameMeaning meaning = scope.ownMeaning(name);
            if (!(meaning instanceof Missing)) {
                return meaning;
            }
        }
        if (name.table() == null) {
            String word = name.name().toLowerCase(Locale.ROOT);
            if (name.doubleQuoted()) {
                return new Text();
            }
            if (word.equals("true") || word.equals("false")) {
                return new Truth(word.equals("true"));
            }
        }
        return new Missing();
    }

    private NameMeaning ownMeaning(ColumnName name) {
        List<QuerySource> meant = name.table() == null ? sources : sourcesCalled(name.schema(), name.table());
        NameMeaning column = column(meant, name);
        if (!(column instanceof Missing)) {
            return column;
        }
        if (name.table() == null) {
            for (Result result : results) {
                Query.Column aliased = alias(result, name.name());
                if (aliased != null) {
                    return new OfResult(aliased);
                }
            }
        }
        return ofUnknown(meant, name.name());
    }

    private List<QuerySource> sourcesCalled(@Nullable String schema, String table) {
        List<QuerySource> called = new ArrayList<>();
        for (QuerySource source : sources) {
            if (source.isCalled(schema, table)) {
                called.add(source);
            }
        }
        return called;
    }

    /** The entry if that is its alias, else null. */
    static Query.@Nullable Column alias(Result result, String name) {
        return result instanceof Query.Column column && name.equalsIgnoreCase(column.alias()) ? column : null;
    }

    private static NameMeaning column(List<QuerySource> meant, ColumnName name) {
        List<QuerySource> having = new ArrayList<>();
        for (QuerySource source : meant) {
            boolean again = !having.isEmpty() && source.isMerged(name.name());
            if (source.has(name.name()) && !again) {
                having.add(source);
            }
        }
        // Under the name of parentheses, later columns of the same name are numbered; so the first is meant.
        boolean ofGroup = name.table() != null
                && having.stream().allMatch(source -> name.table().equalsIgnoreCase(source.group()));
        if (having.size() == 1 || (ofGroup && !having.isEmpty())) {
            return new OfSource(having.get(0), name.name());
        }
        if (!having.isEmpty()) {
            return new Ambiguous();
        }
        return ROW_IDS.contains(name.name().toLowerCase(Locale.ROOT)) ? rowId(meant) : new Missing();
    }

    private static NameMeaning rowId(List<QuerySource> meant) {
        List<QuerySource> tables =
                meant.stream().filter(source -> source.table() != null).toList();
        if (tables.size() > 1) {
            return new Ambiguous();
        }
        return tables.isEmpty() ? new Missing() : new RowId(tables.get(0));
    }

    /** Where columns aren't known, any of them may be meant. */
    private static NameMeaning ofUnknown(List<QuerySource> meant, String name) {
        List<QuerySource> unknown = new ArrayList<>();
        for (QuerySource source : meant) {
            if (source.columns() == null) {
                unknown.add(source);
            }
        }
        if (unknown.isEmpty()) {
            return new Missing();
        }
        return unknown.size() == 1 ? new OfSource(unknown.get(0), name) : new Undecided();
    }
}
