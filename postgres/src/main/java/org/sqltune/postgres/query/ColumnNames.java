package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.postgres.query.Conversion.Choice;
import org.sqltune.postgres.schema.PostgresSchema.PostgresTable;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.scope.ConversionScope.Found;
import org.sqltune.postgres.scope.Grouping;
import org.sqltune.postgres.scope.Source;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Ordering;
import org.sqltune.postgres.value.UnsupportedSqlException;

/**
 * Resolves names by <a href="https://www.sqlite.org/lang_expr.html">SQLite's</a> rules: to a column, an alias of the
 * select list, or a text if the name is in double quotes. A column that an aggregated query doesn't group by becomes
 * one of its group's values.
 */
final class ColumnNames {
    private static final Set<String> ROW_IDS = Set.of("rowid", "oid", "_rowid_");

    private final Conversion conversion;
    private final ExpressionConverter expressions;

    ColumnNames(Conversion conversion, ExpressionConverter expressions) {
        this.conversion = conversion;
        this.expressions = expressions;
    }

    ConvertedValue convert(ColumnName name, ConversionScope scope) {
        for (ConversionScope each = scope; each != null; each = each.outer()) {
            Optional<ConvertedValue> found = inScope(name, each);
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (name.table() == null) {
            if (name.doubleQuoted()) {
                return ConvertedValue.text(name.name());
            }
            String word = name.name().toLowerCase(Locale.ROOT);
            if (word.equals("true") || word.equals("false")) {
                return ConvertedValue.integer(word.equals("true") ? 1 : 0);
            }
        }
        throw new UnsupportedSqlException(
                "no such column: " + (name.table() == null ? "" : name.table() + ".") + name.name());
    }

    /** Returns the column if the expression is a column of this SELECT. */
    static Optional<Found> find(Expression expression, ConversionScope scope) {
        return expression instanceof ColumnName name ? scope.column(name.table(), name.name()) : Optional.empty();
    }

    private Optional<ConvertedValue> inScope(ColumnName name, ConversionScope scope) {
        Optional<Found> found = scope.column(name.table(), name.name());
        if (found.isEmpty() && ROW_IDS.contains(name.name().toLowerCase(Locale.ROOT)) && !name.doubleQuoted()) {
            found = rowId(name.table(), scope);
        }
        if (found.isPresent()) {
            boolean qualified =
                    name.table() != null || isInSeveral(name, found.get().scope());
            return Optional.of(grouped(found.get(), field(found.get(), qualified)));
        }
        Optional<Expression> aliased = name.table() == null ? scope.alias(name.name()) : Optional.empty();
        if (aliased.isEmpty() || !scope.enterAlias(name.name())) {
            return Optional.empty();
        }
        ConvertedValue value = expressions.value(aliased.get(), scope);
        scope.leaveAlias(name.name());
        return Optional.of(value);
    }

    /**
     * Returns whether several tables have the column: one shared by USING or NATURAL JOIN is the left table's in
     * SQLite and ambiguous in PostgreSQL.
     */
    private static boolean isInSeveral(ColumnName name, ConversionScope scope) {
        return scope.sources().stream()
                        .filter(source -> source.column(name.name()).isPresent())
                        .count()
                > 1;
    }

    /** Returns SQLite's rowid, which is the primary key if that is a single integer column. */
    private static Optional<Found> rowId(@Nullable String table, ConversionScope scope) {
        for (Source source : scope.sources()) {
            PostgresTable base = source.table();
            boolean meant = table == null || source.name().equalsIgnoreCase(table);
            if (meant && base != null && base.primaryKey().size() == 1) {
                return scope.column(source.name(), base.primaryKey().get(0))
                        .filter(key -> key.column().value().kind().isInteger());
            }
        }
        return Optional.empty();
    }

    static Field<?> field(Found found, boolean qualified) {
        return qualified
                ? DSL.field(
                        DSL.name(found.source().sqlName(), found.column().sqlName()),
                        found.column().value().field().getDataType())
                : found.column().value().field();
    }

    /** Returns the column's value; its value in a group if the query is aggregated. */
    ConvertedValue grouped(Found found, Field<?> field) {
        ConvertedValue value = found.column().value().as(field);
        Grouping grouping = found.scope().grouping();
        if (grouping == null || grouping.isPlain(found)) {
            return value;
        }
        if (grouping.isSameInGroup(found)) {
            grouping.addKey(found, field);
            return value;
        }
        conversion.noteFreeRow();
        ConvertedValue one = oneOf(value, grouping, found.scope()).orNull();
        return new ConvertedValue(one.field(), one.kind(), value.affinity(), true, value.facts(), null);
    }

    /** Returns a value of the row with the minimum or maximum if the query selects one, else of an arbitrary row. */
    private ConvertedValue oneOf(ConvertedValue value, Grouping grouping, ConversionScope scope) {
        boolean last = conversion.choice() == Choice.LAST;
        Call extreme = grouping.extreme();
        if (extreme != null) {
            grouping.enterAggregate();
            ConvertedValue by = expressions.value(extreme.arguments().get(0), scope);
            grouping.leaveAggregate();
            List<SortField<?>> order =
                    new ArrayList<>(Ordering.extremeFirst(by, extreme.name().equals("max")));
            if (conversion.choice() != Choice.ANY) {
                order.addAll(Ordering.extremeFirst(value, last));
            }
            return Ordering.firstOf(value, order);
        }
        if (value.kind() == ValueKind.MIXED || value.kind() == ValueKind.BLOB) {
            return Ordering.firstOf(value, Ordering.extremeFirst(value, last));
        }
        ConvertedValue comparable = value.kind() == ValueKind.BOOLEAN ? Coercions.toNumber(value) : value;
        return comparable.as(last ? DSL.max(comparable.field()) : DSL.min(comparable.field()));
    }
}
