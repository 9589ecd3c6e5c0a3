package org.sqltune.synthesis.augmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;
import org.sqltune.core.sql.syntax.Trees;
import org.sqltune.synthesis.grammar.Choice;

/**
 * Replaces a value in question and SQL: a value that the query compares with a column, and that the question contains
 * verbatim, becomes another value of that column. The new query must run and return rows.
 */
final class ValueSwap {
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", ">", "<=", ">=");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
    private static final Pattern SAYABLE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .,&'/-]{0,38}");
    private static final int MOST_VALUES = 500;
    private static final int TRIES = 4;

    private final Schema database;
    private final SqlExecutor executor;

    /**
     * @param database the database's own schema
     * @param executor runs queries on the database
     */
    ValueSwap(Schema database, SqlExecutor executor) {
        this.database = database;
        this.executor = executor;
    }

    /** A value in the query and the column that it is compared with. */
    private record Place(SqlToken value, String column) {}

    /** Returns the example with another value; empty if no value can be swapped. */
    Optional<Example> of(Example example, Choice choice) {
        Optional<ParsedSql> parsed = ParsedSql.of(example.sql());
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        for (Place place : choice.shuffled(places(parsed.get(), example.question()))) {
            List<String> values = choice.shuffled(values(place, parsed.get().tokens()));
            for (String value : values.subList(0, Math.min(TRIES, values.size()))) {
                Optional<Example> swapped = swapped(example, place, value);
                if (swapped.filter(this::finds).isPresent()) {
                    return swapped;
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the values that columns are compared with, in text order. */
    private static List<Place> places(ParsedSql parsed, String question) {
        List<Place> places = new ArrayList<>();
        Queries.all(parsed.query()).stream()
                .flatMap(query -> Queries.expressions(query).stream())
                .flatMap(expression -> Trees.find(expression, ValueSwap::isComparison))
                .map(Binary.class::cast)
                .forEach(comparison -> place(parsed, comparison).ifPresent(place -> {
                    String value = place.value().content();
                    long uses = parsed.tokens().stream()
                            .filter(token -> token.content().equalsIgnoreCase(value))
                            .count();
                    if (uses == 1 && mentions(question, value) == 1) {
                        places.add(place);
                    }
                }));
        places.sort(Comparator.comparingInt(place -> place.value().start()));
        return places;
    }

    private static boolean isComparison(Expression expression) {
        return expression instanceof Binary binary
                && COMPARISONS.contains(binary.operator())
                && binary.left() instanceof ColumnName;
    }

    /** Returns the compared value if it is a literal; text in double quotes may be one. */
    private static Optional<Place> place(ParsedSql parsed, Binary comparison) {
        ColumnName column = (ColumnName) comparison.left();
        Expression right = comparison.right();
        boolean literal = right instanceof TextLiteral
                || right instanceof NumberLiteral
                || (right instanceof ColumnName name && name.doubleQuoted());
        return literal && !column.doubleQuoted()
                ? parsed.token(right).map(token -> new Place(token, column.name()))
                : Optional.empty();
    }

    /** Returns values of the column in the tables that the query names. */
    private List<String> values(Place place, List<SqlToken> tokens) {
        Set<String> named = tokens.stream()
                .map(token -> token.content().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<String> values = new ArrayList<>();
        for (Table table : database.tables()) {
            boolean has = table.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(place.column()));
            if (has && named.contains(table.name().toLowerCase(Locale.ROOT))) {
                values.addAll(distinct(table.name(), place.column()));
            }
        }
        boolean number = place.value().kind() == Kind.NUMBER;
        // The old value must occur in the column, which shows that the question refers to this column.
        boolean known = number || values.stream().anyMatch(place.value().content()::equalsIgnoreCase);
        return known
                ? values.stream()
                        .filter(value -> !value.equalsIgnoreCase(place.value().content()))
                        .filter(value ->
                                (number ? NUMBER : SAYABLE).matcher(value).matches())
                        .distinct()
                        .toList()
                : List.of();
    }

    private List<String> distinct(String table, String column) {
        String name = SqlIdentifiers.quoted(column);
        try {
            return executor
                    .execute("SELECT DISTINCT " + name + " FROM " + SqlIdentifiers.quoted(table) + " WHERE " + name
                            + " IS NOT NULL LIMIT " + MOST_VALUES)
                    .rows()
                    .stream()
                    .map(row -> String.valueOf(row.get(0)))
                    .toList();
        } catch (SqlExecutionException unreadable) {
            return List.of();
        }
    }

    private static Optional<Example> swapped(Example example, Place place, String value) {
        if (mentions(example.question(), value) > 0) {
            return Optional.empty();
        }
        SqlToken old = place.value();
        String literal = switch (old.kind()) {
            case NUMBER -> value;
            case DOUBLE_QUOTED -> SqlIdentifiers.quoted(value);
            default -> "'" + value.replace("'", "''") + "'";
        };
        String sql = example.sql().substring(0, old.start())
                + literal
                + example.sql().substring(old.end());
        String question =
                mention(old.content()).matcher(example.question()).replaceFirst(Matcher.quoteReplacement(value));
        return Optional.of(new Example(
                example.id(),
                example.databaseId(),
                question,
                example.schema(),
                sql,
                example.category(),
                null,
                example.context()));
    }

    private boolean finds(Example example) {
        try {
            QueryResult result = executor.execute(example.sql());
            return result.rows().stream().anyMatch(row -> row.stream().anyMatch(ValueSwap::isSomething));
        } catch (SqlExecutionException failing) {
            return false;
        }
    }

    private static boolean isSomething(@Nullable Object value) {
        return value != null && !Objects.equals(value, 0L);
    }

    private static long mentions(String question, String value) {
        return value.isBlank() ? 0 : mention(value).matcher(question).results().count();
    }

    private static Pattern mention(String value) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
