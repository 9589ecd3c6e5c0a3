package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Comparator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.Case;
import org.sqltune.core.sql.syntax.Expression.Cast;
import org.sqltune.core.sql.syntax.Expression.Collate;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.CurrentTime;
import org.sqltune.core.sql.syntax.Expression.Exists;
import org.sqltune.core.sql.syntax.Expression.NullLiteral;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Expression.Parameter;
import org.sqltune.core.sql.syntax.Expression.Subquery;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.Expression.Unary;
import org.sqltune.postgres.schema.Affinity;
import org.sqltune.postgres.schema.TextFacts;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.value.Casts;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.Comparisons;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Fields;
import org.sqltune.postgres.value.Rows;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts expressions to values. */
final class ExpressionConverter {
    private final QueryConverter queries;
    private final ColumnNames names;
    private final Aggregates aggregates;
    private final Functions functions;
    private final Casts casts;
    private final Arithmetic arithmetic;
    private final ConditionConverter conditions;
    private final DateFunctions dates;

    ExpressionConverter(Conversion conversion, QueryConverter queries) {
        this.queries = queries;
        names = new ColumnNames(conversion, this);
        aggregates = new Aggregates(conversion, this);
        dates = new DateFunctions();
        functions = new Functions(this, dates);
        casts = new Casts();
        arithmetic = new Arithmetic();
        conditions = new ConditionConverter(queries, this);
    }

    ColumnNames names() {
        return names;
    }

    /** Converts an expression to a value. */
    ConvertedValue value(Expression expression, ConversionScope scope) {
        if (scope.grouping() != null && scope.grouping().isKey(expression) && !isPlainColumn(expression)) {
            scope.grouping().enterAggregate();
            ConvertedValue key = ungrouped(expression, scope);
            scope.grouping().leaveAggregate();
            return key;
        }
        return ungrouped(expression, scope);
    }

    private static boolean isPlainColumn(Expression expression) {
        return expression instanceof ColumnName;
    }

    private ConvertedValue ungrouped(Expression expression, ConversionScope scope) {
        if (expression instanceof ColumnName name) {
            return names.convert(name, scope);
        }
        if (expression instanceof NumberLiteral number) {
            return Coercions.parsed(number.text());
        }
        if (expression instanceof TextLiteral text) {
            return ConvertedValue.text(text.text());
        }
        if (expression instanceof NullLiteral) {
            return ConvertedValue.nothing();
        }
        if (expression instanceof CurrentTime now) {
            return dates.now(now.keyword());
        }
        if (expression instanceof Parameter parameter) {
            throw new UnsupportedSqlException("a parameter isn't converted: " + parameter.text());
        }
        if (expression instanceof Call call) {
            refuseWindow(call);
            return Aggregates.isAggregate(call) ? aggregates.convert(call, scope) : functions.convert(call, scope);
        }
        if (expression instanceof Cast cast) {
            return casts.convert(value(cast.value(), scope), cast.type());
        }
        if (expression instanceof Case choice) {
            return caseValue(choice, scope);
        }
        if (expression instanceof Subquery subquery) {
            return scalar(queries.convert(subquery.query(), scope, false));
        }
        return operatorValue(expression, scope);
    }

    private static void refuseWindow(Call call) {
        if (call.window() != null) {
            throw new UnsupportedSqlException("window functions aren't converted");
        }
        if (!call.orderBy().isEmpty()) {
            throw new UnsupportedSqlException("an order inside an aggregate isn't converted");
        }
    }

    private ConvertedValue operatorValue(Expression expression, ConversionScope scope) {
        if (expression instanceof Unary unary && !unary.operator().equals("NOT")) {
            return arithmetic.signed(unary.operator(), value(unary.operand(), scope));
        }
        if (expression instanceof Binary binary && Arithmetic.OPERATORS.contains(binary.operator())) {
            return arithmetic.convert(binary.operator(), value(binary.left(), scope), value(binary.right(), scope));
        }
        if (expression instanceof Collate collate) {
            return collated(collate, scope);
        }
        boolean nullable = !(expression instanceof NullTest || expression instanceof Exists);
        return ConvertedValue.of(DSL.field(condition(expression, scope)), ValueKind.BOOLEAN, nullable);
    }

    private ConvertedValue collated(Collate collate, ConversionScope scope) {
        ConvertedValue value = value(collate.value(), scope);
        if (collate.collation().equalsIgnoreCase("binary")) {
            return value;
        }
        if (collate.collation().equalsIgnoreCase("nocase") && value.kind() == ValueKind.TEXT) {
            return value.as(DSL.lower(Fields.<String>typed(value.field())));
        }
        throw new UnsupportedSqlException("COLLATE " + collate.collation() + " isn't converted");
    }

    private ConvertedValue scalar(Rows rows) {
        if (rows.columns().size() != 1) {
            throw new UnsupportedSqlException(
                    "a subquery with " + rows.columns().size() + " columns as a value");
        }
        ConvertedValue column = rows.columns().get(0).value();
        Field<?> field = DSL.field(Fields.column(rows.select()));
        return column.as(field).orNull();
    }

    private ConvertedValue caseValue(Case choice, ConversionScope scope) {
        List<ConvertedValue> results = new ArrayList<>();
        choice.whens().forEach(when -> results.add(value(when.result(), scope)));
        ConvertedValue otherwise =
                choice.otherwise() == null ? ConvertedValue.nothing() : value(choice.otherwise(), scope);
        results.add(otherwise);
        ValueKind kind = Coercions.common(results);
        List<Condition> conditions = new ArrayList<>();
        for (Expression.When when : choice.whens()) {
            conditions.add(
                    choice.base() == null
                            ? condition(when.condition(), scope)
                            : Comparisons.compare(
                                    Comparator.EQUALS, value(choice.base(), scope), value(when.condition(), scope)));
        }
        boolean nullable = results.stream().anyMatch(ConvertedValue::nullable);
        return ConvertedValue.of(cases(conditions, results, kind, choice.otherwise() != null), kind, nullable);
    }

    /** Returns {@code CASE}; with ELSE the last result belongs to it. */
    static Field<?> cases(List<Condition> conditions, List<ConvertedValue> results, ValueKind kind, boolean withElse) {
        var cases = DSL.when(
                conditions.get(0),
                Fields.<Object>typed(Coercions.to(kind, results.get(0)).field()));
        for (int i = 1; i < conditions.size(); i++) {
            cases = cases.when(
                    conditions.get(i),
                    Fields.<Object>typed(Coercions.to(kind, results.get(i)).field()));
        }
        ConvertedValue last = results.get(results.size() - 1);
        return withElse
                ? cases.otherwise(Fields.<Object>typed(Coercions.to(kind, last).field()))
                : cases;
    }

    /** Converts an expression to a condition. */
    Condition condition(Expression expression, ConversionScope scope) {
        return conditions.convert(expression, scope);
    }

    /** Returns a text of which no facts are known. */
    static ConvertedValue text(Field<?> field, boolean nullable) {
        return new ConvertedValue(field, ValueKind.TEXT, Affinity.NONE, nullable, TextFacts.UNKNOWN, null);
    }
}
