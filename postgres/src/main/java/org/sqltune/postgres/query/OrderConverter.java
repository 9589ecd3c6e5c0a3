package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectQuery;
import org.jooq.impl.DSL;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.postgres.query.Conversion.Choice;
import org.sqltune.postgres.schema.Postgres;
import org.sqltune.postgres.schema.PostgresNames;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Ordering;
import org.sqltune.postgres.value.Rows;
import org.sqltune.postgres.value.Rows.Output;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts ORDER BY of one SELECT, whose terms may be positions, aliases and any expressions. */
final class OrderConverter {
    private final DSLContext writer = Postgres.writer();
    private final Conversion conversion;
    private final ExpressionConverter expressions;
    private final ConversionScope scope;
    private final Select select;

    OrderConverter(Conversion conversion, ExpressionConverter expressions, ConversionScope scope, Select select) {
        this.conversion = conversion;
        this.expressions = expressions;
        this.scope = scope;
        this.select = select;
    }

    /** A term of ORDER BY: its value and its SQL. */
    private record Term(ConvertedValue value, Field<?> shown, boolean inSelectList) {}

    void apply(SelectQuery<Record> query, Rows rows, List<Field<?>> keys, List<OrderTerm> orderBy) {
        List<Term> terms = new ArrayList<>();
        for (OrderTerm each : orderBy) {
            terms.add(term(each.value(), rows.columns()));
        }
        // The order of numbers among text needs more than the column itself.
        boolean outside = terms.stream()
                .anyMatch(term -> (!term.inSelectList() && term.value().literal() == null)
                        || term.value().kind() == ValueKind.MIXED);
        if (select.distinct() && outside) {
            groupInsteadOfDistinct(query, rows, keys);
        }
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            OrderTerm written = orderBy.get(i);
            if (term.value().literal() == null && term.value().kind() != ValueKind.NULL) {
                boolean free = select.distinct() && !term.inSelectList();
                ConvertedValue value = free ? ofGroup(term.value()) : term.value();
                Field<?> shown = free ? value.field() : term.shown();
                query.addOrderBy(Ordering.terms(value, shown, written.descending(), written.nullsFirst()));
            }
        }
    }

    private Term term(Expression expression, List<Output> columns) {
        if (expression instanceof NumberLiteral number && number.text().matches("\\d{1,4}")) {
            int position = Integer.parseInt(number.text());
            if (position < 1 || position > columns.size()) {
                throw new UnsupportedSqlException("ORDER BY position " + position + " is outside the select list");
            }
            return new Term(columns.get(position - 1).value(), DSL.inline(position), true);
        }
        Optional<Integer> aliased = aliased(expression);
        if (aliased.isPresent()) {
            Column column = (Column) select.results().get(aliased.get());
            ConvertedValue value = expressions.value(column.value(), scope);
            String alias = String.valueOf(column.alias());
            return new Term(value, DSL.field(PostgresNames.of(alias)), true);
        }
        ConvertedValue value = expressions.value(expression, scope);
        String written = writer.render(value.field());
        boolean listed = columns.stream()
                .anyMatch(column ->
                        writer.render(column.value().field()).equals(written) || isSameColumn(column.value(), value));
        return new Term(value, value.field(), listed);
    }

    /** Returns whether both are the same column, such as {@code name} and {@code T1.name}. */
    private boolean isSameColumn(ConvertedValue column, ConvertedValue other) {
        return scope.sources().size() == 1
                && column.literal() == null
                && column.field().getUnqualifiedName().equals(other.field().getUnqualifiedName())
                && !other.field().getUnqualifiedName().empty()
                && scope.sources().get(0).columns().stream()
                        .anyMatch(each -> each.sqlName().equals(other.field().getUnqualifiedName()));
    }

    private Optional<Integer> aliased(Expression expression) {
        if (expression instanceof ColumnName name && name.table() == null) {
            for (int i = 0; i < select.results().size(); i++) {
                if (select.results().get(i) instanceof Column column
                        && name.name().equalsIgnoreCase(column.alias())) {
                    return Optional.of(i);
                }
            }
        }
        return Optional.empty();
    }

    /** Replaces DISTINCT by GROUP BY, since PostgreSQL orders distinct rows only by selected expressions. */
    private static void groupInsteadOfDistinct(SelectQuery<Record> query, Rows rows, List<Field<?>> keys) {
        if (!keys.isEmpty()) {
            throw new UnsupportedSqlException("DISTINCT groups ordered by what isn't selected aren't converted");
        }
        query.setDistinct(false);
        rows.columns().forEach(column -> keys.add(column.value().field()));
    }

    private ConvertedValue ofGroup(ConvertedValue value) {
        conversion.noteFreeRow();
        boolean last = conversion.choice() == Choice.LAST;
        ConvertedValue comparable = Coercions.toNumberIfBoolean(value);
        return comparable.as(last ? DSL.max(comparable.field()) : DSL.min(comparable.field()));
    }
}
