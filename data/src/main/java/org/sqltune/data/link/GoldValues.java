package org.sqltune.data.link;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameMeaning;
import org.sqltune.core.sql.scope.NameResolver;
import org.sqltune.core.sql.scope.ResolvedQuery;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Trees;

/**
 * Finds the texts that a query compares with columns of its tables: by an operator, in a list, or by LIKE without a
 * wildcard. Columns are resolved by SQLite's rules. Columns of subqueries in FROM and of WITH are left out.
 */
public final class GoldValues {
    private final ResolvedQuery query;
    private final Schema schema;
    private final Set<ValueLink> found = new LinkedHashSet<>();

    private GoldValues(ResolvedQuery query, Schema schema) {
        this.query = query;
        this.schema = schema;
    }

    /**
     * Returns a query's distinct values, in text order.
     *
     * @param sql a query; other texts have no values
     * @param schema the database's schema; columns of other tables are left out
     */
    public static List<ValueLink> of(String sql, Schema schema) {
        return ParsedSql.of(sql).map(parsed -> of(parsed, schema)).orElse(List.of());
    }

    private static List<ValueLink> of(ParsedSql parsed, Schema schema) {
        GoldValues values = new GoldValues(NameResolver.resolve(parsed.query(), Catalog.of(schema)), schema);
        Queries.all(parsed.query()).stream()
                .flatMap(query -> Queries.expressions(query).stream())
                .flatMap(expression -> Trees.find(expression, each -> true))
                .forEach(values::read);
        return List.copyOf(values.found);
    }

    private void read(Expression expression) {
        if (expression instanceof Binary binary) {
            compare(binary.left(), binary.right());
            compare(binary.right(), binary.left());
        } else if (expression instanceof InList in) {
            in.items().forEach(item -> compare(in.value(), item));
        } else if (expression instanceof Like like) {
            text(like.pattern())
                    .filter(pattern -> !pattern.contains("%"))
                    .ifPresent(pattern -> compare(like.value(), like.pattern()));
        }
    }

    private void compare(Expression column, Expression value) {
        column(column)
                .ifPresent(place ->
                        text(value).ifPresent(text -> found.add(new ValueLink(place.table(), place.column(), text))));
    }

    private record Place(String table, String column) {}

    /** Returns a column, optionally inside a function of one argument such as LOWER. */
    private Optional<Place> column(Expression expression) {
        if (expression instanceof Call call && call.arguments().size() == 1) {
            return column(call.arguments().get(0));
        }
        return expression instanceof ColumnName name ? query.meaning(name).flatMap(this::place) : Optional.empty();
    }

    private Optional<Place> place(NameMeaning meaning) {
        if (!(meaning instanceof NameMeaning.OfSource of) || of.source().table() == null) {
            return Optional.empty();
        }
        Optional<Table> table = schema.table(of.source().table());
        return table.flatMap(each -> each.columns().stream()
                .map(Column::name)
                .filter(of.name()::equalsIgnoreCase)
                .findFirst()
                .map(column -> new Place(each.name(), column)));
    }

    /** Returns a text in single quotes, or in double quotes if no column has that name. */
    private Optional<String> text(Expression expression) {
        if (expression instanceof TextLiteral literal) {
            return Optional.of(literal.text());
        }
        return expression instanceof ColumnName name
                        && query.meaning(name)
                                .filter(NameMeaning.Text.class::isInstance)
                                .isPresent()
                ? Optional.of(name.name())
                : Optional.empty();
    }
}
