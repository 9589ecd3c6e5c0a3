package org.sqltune.core.sql.syntax;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Compound;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.JoinedTables;
import org.sqltune.core.sql.syntax.Query.NamedQuery;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.Query.Result;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.Query.SubqueryTable;
import org.sqltune.core.sql.syntax.Query.TableName;
import org.sqltune.core.sql.syntax.Query.Values;

/**
 * Writes trees as SQL that {@link QueryParser} reads back as the same tree: keywords in upper case, one space between
 * tokens, parentheses only where they are needed, names in quotes only where they are needed.
 */
public final class SqlPrinter {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private SqlPrinter() {}

    /** A query on one line, without a closing semicolon. */
    public static String print(Query query) {
        StringJoiner sql = new StringJoiner(" ");
        if (!query.tables().isEmpty()) {
            sql.add(query.recursive() ? "WITH RECURSIVE" : "WITH");
            sql.add(query.tables().stream().map(SqlPrinter::named).collect(Collectors.joining(", ")));
        }
        sql.add(body(query.body()));
        if (!query.orderBy().isEmpty()) {
            sql.add(orderBy(query.orderBy()));
        }
        if (query.limit() != null) {
            sql.add("LIMIT " + print(query.limit()));
        }
        if (query.offset() != null) {
            sql.add("OFFSET " + print(query.offset()));
        }
        return sql.toString();
    }

    /** An expression. */
    public static String print(Expression expression) {
        return ExpressionPrinter.print(expression, Precedence.OR);
    }

    /** A name as it can stand in a query: in backticks if the grammar would read it as something else. */
    public static String name(String name) {
        return PLAIN.matcher(name).matches() && Keywords.isNameEverywhere(name)
                ? name
                : '`' + name.replace("`", "``") + '`';
    }

    /** A type's words, which are names one by one. */
    static String typeName(String type) {
        return Stream.of(type.split(" ")).map(SqlPrinter::name).collect(Collectors.joining(" "));
    }

    static String list(List<Expression> items) {
        return items.stream().map(SqlPrinter::print).collect(Collectors.joining(", "));
    }

    static String names(List<String> names) {
        return names.stream().map(SqlPrinter::name).collect(Collectors.joining(", "));
    }

    static String orderBy(List<OrderTerm> terms) {
        return "ORDER BY " + terms.stream().map(SqlPrinter::term).collect(Collectors.joining(", "));
    }

    private static String term(OrderTerm term) {
        String nulls = term.nullsFirst() == null ? "" : term.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
        return print(term.value()) + (term.descending() ? " DESC" : "") + nulls;
    }

    private static String named(NamedQuery named) {
        String columns = named.columns().isEmpty() ? "" : " (" + names(named.columns()) + ")";
        String materialized =
                named.materialized() == null ? "" : named.materialized() ? "MATERIALIZED " : "NOT MATERIALIZED ";
        return name(named.name()) + columns + " AS " + materialized + "(" + print(named.query()) + ")";
    }

    private static String body(Body body) {
        if (body instanceof Compound compound) {
            return body(compound.left()) + " " + compound.operator() + " " + body(compound.right());
        }
        if (body instanceof Values values) {
            return values.rows().stream()
                    .map(row -> "(" + list(row) + ")")
                    .collect(Collectors.joining(", ", "VALUES ", ""));
        }
        return select((Select) body);
    }

    private static String select(Select select) {
        StringJoiner sql = new StringJoiner(" ");
        sql.add(select.distinct() ? "SELECT DISTINCT" : "SELECT");
        sql.add(select.results().stream().map(SqlPrinter::result).collect(Collectors.joining(", ")));
        if (select.from() != null) {
            sql.add("FROM " + from(select.from()));
        }
        if (select.where() != null) {
            sql.add("WHERE " + print(select.where()));
        }
        if (!select.groupBy().isEmpty()) {
            sql.add("GROUP BY " + list(select.groupBy()));
        }
        if (select.having() != null) {
            sql.add("HAVING " + print(select.having()));
        }
        if (!select.windows().isEmpty()) {
            sql.add(select.windows().stream()
                    .map(window -> name(window.name()) + " AS (" + WindowPrinter.inside(window.window()) + ")")
                    .collect(Collectors.joining(", ", "WINDOW ", "")));
        }
        return sql.toString();
    }

    private static String result(Result result) {
        if (result instanceof Star star) {
            return star.table() == null ? "*" : name(star.table()) + ".*";
        }
        Column column = (Column) result;
        return print(column.value()) + as(column.alias());
    }

    private static String as(@Nullable String alias) {
        return alias == null ? "" : " AS " + name(alias);
    }

    private static String from(FromItem item) {
        if (item instanceof Join join) {
            // Joins group leftwards, so only one on the right needs parentheses.
            String right = from(join.right());
            String condition = join.on() != null
                    ? " ON " + print(join.on())
                    : join.using().isEmpty() ? "" : " USING (" + names(join.using()) + ")";
            return from(join.left()) + " " + kind(join) + " JOIN "
                    + (join.right() instanceof Join ? "(" + right + ")" : right) + condition;
        }
        if (item instanceof JoinedTables joined) {
            return "(" + from(joined.inside()) + ")" + as(joined.alias());
        }
        if (item instanceof SubqueryTable subquery) {
            return "(" + print(subquery.query()) + ")" + as(subquery.alias());
        }
        return table((TableName) item);
    }

    private static String kind(Join join) {
        return join.natural() ? "NATURAL " + join.kind() : join.kind();
    }

    private static String table(TableName table) {
        String index = table.index() == null ? "" : table.index().isEmpty() ? " NOT INDEXED" : " INDEXED BY ";
        return bare(table)
                + as(table.alias())
                + index
                + (table.index() == null || table.index().isEmpty() ? "" : name(table.index()));
    }

    private static String bare(TableName table) {
        return (table.schema() == null ? "" : name(table.schema()) + ".")
                + name(table.name())
                + (table.arguments() == null ? "" : "(" + list(table.arguments()) + ")");
    }
}
