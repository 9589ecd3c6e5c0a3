package org.sqltune.core.sql.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.Query.TableName;

/**
 * Queries inside a sentence. A short one is said there; another one is called {@code query A} there, and explained behind
 * the sentence.
 */
final class SubqueryWords {
    /** Characters that a query inside a sentence may take. */
    private static final int LONGEST = 120;

    /** A query that is explained later, and what it is called until then. */
    record Later(String name, Query query) {}

    private final SourceNames names;
    private final ConditionWords conditions;
    private final List<Later> later = new ArrayList<>();
    private int named;

    SubqueryWords(SourceNames names) {
        this.names = names;
        this.conditions = new ConditionWords(names, this);
    }

    ConditionWords conditions() {
        return conditions;
    }

    /** Those that were named since the last call, in that order. */
    List<Later> takeLater() {
        List<Later> taken = List.copyOf(later);
        later.clear();
        return taken;
    }

    /** The value of a query. */
    String value(Query query) {
        return orNamed(query, phrase(query, ""), "the value of ");
    }

    /** The values of a query that something is among. */
    String values(Query query) {
        return orNamed(query, phrase(query, "the values of "), "the rows of ");
    }

    /** A query of which only matters whether it has rows. */
    String rows(Query query) {
        boolean plain = isPlain(query) && query.orderBy().isEmpty() && query.limit() == null;
        return orNamed(query, plain ? attempt(() -> source((Select) query.body())) : Optional.empty(), "");
    }

    /** A query as a phrase, such as a member of a UNION; empty if it is too long for that. */
    Optional<String> phrase(Query query) {
        return phrase(query, "");
    }

    private Optional<String> phrase(Query query, String before) {
        return isPlain(query) ? attempt(() -> words(query, before)) : Optional.empty();
    }

    /** What is named on the way of an attempt that fails is forgotten. */
    private Optional<String> attempt(Supplier<@Nullable String> words) {
        int before = named;
        int open = later.size();
        String attempted = words.get();
        if (attempted != null && attempted.length() <= LONGEST && named == before) {
            return Optional.of(attempted);
        }
        named = before;
        later.subList(open, later.size()).clear();
        return Optional.empty();
    }

    private String orNamed(Query query, Optional<String> phrase, String before) {
        return phrase.orElseGet(() -> before + name(query));
    }

    /** A name for a query that is explained behind the sentence. */
    String name(Query query) {
        String letter = named < 26 ? String.valueOf((char) ('A' + named)) : String.valueOf(named);
        named++;
        later.add(new Later("query " + letter, query));
        return "query " + letter;
    }

    private static boolean isPlain(Query query) {
        return query.tables().isEmpty()
                && query.offset() == null
                && query.body() instanceof Select select
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.windows().isEmpty()
                && (select.from() == null || select.from() instanceof TableName)
                && (query.limit() == null || !query.orderBy().isEmpty());
    }

    private @Nullable String words(Query query, String before) {
        Select select = (Select) query.body();
        Place place = names.placeIn(select);
        List<String> results = new ArrayList<>();
        for (Query.Result result : select.results()) {
            results.add(
                    result instanceof Column column ? conditions.values().of(column.value(), place) : "all columns");
        }
        boolean columns = select.results().stream()
                .allMatch(each ->
                        each instanceof Star || each instanceof Column column && column.value() instanceof ColumnName);
        String source = source(select);
        return (columns ? before : "")
                + (select.distinct() ? "the different " : "")
                + Lists.and(results)
                + (source.isEmpty() ? "" : " in " + source)
                + order(query, place);
    }

    private String order(Query query, Place place) {
        if (query.orderBy().isEmpty()) {
            return "";
        }
        String order = conditions.values().order(query.orderBy(), place);
        return query.limit() == null
                ? " (sorted by " + order + ")"
                : " (only " + LimitWords.rows(query.limit(), conditions) + " by " + order + ")";
    }

    private String source(Select select) {
        FromItem from = select.from();
        String table = from instanceof TableName named
                ? names.introduced(named) + (named.arguments() == null ? "" : "(…)")
                : "";
        return table + (select.where() == null ? "" : " where " + conditions.of(select.where(), names.placeIn(select)));
    }
}
