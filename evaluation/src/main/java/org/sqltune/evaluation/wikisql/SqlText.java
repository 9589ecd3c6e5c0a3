package org.sqltune.evaluation.wikisql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.data.wikisql.WikiSqlQuery;
import org.sqltune.data.wikisql.WikiSqlQuery.Condition;

/**
 * Reads SQL as a query in WikiSQL's form: one column of one table, optionally under a function, and conditions that
 * compare a column with a literal by {@code =}, {@code >} or {@code <}, connected by AND. Names are those of the
 * table's header, ignoring case; a duplicate name means its first column.
 */
final class SqlText {
    /** WikiSQL's texts don't quote the name {@code table}, which SQL requires. */
    private static final Pattern BARE_TABLE = Pattern.compile("\\bfrom\\s+table\\b", Pattern.CASE_INSENSITIVE);

    private final SortedMap<Integer, String> columns;

    private SqlText(SortedMap<Integer, String> columns) {
        this.columns = columns;
    }

    /**
     * Reads a query.
     *
     * @param columns column names by number
     * @return empty if the SQL doesn't have this form with these columns
     */
    static Optional<WikiSqlQuery> read(String sql, SortedMap<Integer, String> columns) {
        return ParsedSql.of(sql)
                .or(() -> ParsedSql.of(BARE_TABLE.matcher(sql).replaceFirst("FROM \"table\"")))
                .map(parsed -> new SqlText(columns).query(parsed.query()));
    }

    private @Nullable WikiSqlQuery query(Query query) {
        boolean plain = query.tables().isEmpty() && query.orderBy().isEmpty() && query.limit() == null;
        if (!plain || !(query.body() instanceof Query.Select select)) {
            return null;
        }
        boolean oneTable = select.from() instanceof Query.TableName table && table.arguments() == null;
        boolean grouped = select.distinct() || !select.groupBy().isEmpty() || select.having() != null;
        if (!oneTable
                || grouped
                || select.results().size() != 1
                || !(select.results().get(0) instanceof Query.Column result)) {
            return null;
        }
        List<Condition> conditions = new ArrayList<>();
        if (select.where() != null && !addConditions(select.where(), conditions)) {
            return null;
        }
        return selected(result.value(), conditions);
    }

    private @Nullable WikiSqlQuery selected(Expression value, List<Condition> conditions) {
        if (!(value instanceof Expression.Call call)) {
            Integer column = column(value);
            return column == null ? null : new WikiSqlQuery(column, 0, conditions);
        }
        int function = WikiSqlQuery.AGGREGATES.indexOf(call.name().toUpperCase(Locale.ROOT));
        boolean plain = !call.distinct() && !call.star() && call.filter() == null && call.window() == null;
        if (function < 1 || !plain || call.arguments().size() != 1) {
            return null;
        }
        Integer column = column(call.arguments().get(0));
        return column == null ? null : new WikiSqlQuery(column, function, conditions);
    }

    private boolean addConditions(Expression where, List<Condition> conditions) {
        if (!(where instanceof Expression.Binary binary)) {
            return false;
        }
        if (binary.operator().equalsIgnoreCase("and")) {
            return addConditions(binary.left(), conditions) && addConditions(binary.right(), conditions);
        }
        Integer column = column(binary.left());
        int operator = WikiSqlQuery.OPERATORS.indexOf(binary.operator());
        Condition condition = column == null || operator < 0 ? null : condition(column, operator, binary.right());
        return condition != null && conditions.add(condition);
    }

    private static @Nullable Condition condition(int column, int operator, Expression value) {
        if (value instanceof Expression.NumberLiteral number) {
            return new Condition(column, operator, number.text(), true);
        }
        if (value instanceof Expression.Unary unary
                && unary.operator().equals("-")
                && unary.operand() instanceof Expression.NumberLiteral number) {
            return new Condition(column, operator, "-" + number.text(), true);
        }
        if (value instanceof Expression.TextLiteral text) {
            return new Condition(column, operator, text.text(), false);
        }
        // SQLite reads an unknown name in double quotes as text, and WikiSQL's texts quote values this way.
        return value instanceof Expression.ColumnName name && name.doubleQuoted() && name.table() == null
                ? new Condition(column, operator, name.name(), false)
                : null;
    }

    private @Nullable Integer column(Expression value) {
        if (!(value instanceof Expression.ColumnName name)) {
            return null;
        }
        return columns.entrySet().stream()
                .filter(column -> column.getValue().equalsIgnoreCase(name.name()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
