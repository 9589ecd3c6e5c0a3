package org.sqltune.data.postgres.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Comparator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.sqltune.data.postgres.query.Comparisons.Aligned;
import org.sqltune.data.postgres.query.Rows.Output;
import org.sqltune.data.postgres.schema.Affinity;
import org.sqltune.data.postgres.schema.TextFacts;
import org.sqltune.data.postgres.schema.ValueKind;
import org.sqltune.data.postgres.syntax.Expression;
import org.sqltune.data.postgres.syntax.Expression.Between;
import org.sqltune.data.postgres.syntax.Expression.Binary;
import org.sqltune.data.postgres.syntax.Expression.Call;
import org.sqltune.data.postgres.syntax.Expression.Case;
import org.sqltune.data.postgres.syntax.Expression.Cast;
import org.sqltune.data.postgres.syntax.Expression.Collate;
import org.sqltune.data.postgres.syntax.Expression.ColumnName;
import org.sqltune.data.postgres.syntax.Expression.CurrentTime;
import org.sqltune.data.postgres.syntax.Expression.Exists;
import org.sqltune.data.postgres.syntax.Expression.InList;
import org.sqltune.data.postgres.syntax.Expression.InQuery;
import org.sqltune.data.postgres.syntax.Expression.Like;
import org.sqltune.data.postgres.syntax.Expression.NullLiteral;
import org.sqltune.data.postgres.syntax.Expression.NullTest;
import org.sqltune.data.postgres.syntax.Expression.NumberLiteral;
import org.sqltune.data.postgres.syntax.Expression.RowValue;
import org.sqltune.data.postgres.syntax.Expression.Subquery;
import org.sqltune.data.postgres.syntax.Expression.TextLiteral;
import org.sqltune.data.postgres.syntax.Expression.Unary;

/** Converts expressions, as values and as conditions. */
final class ExpressionConverter {
    private final QueryConverter queries;
    private final ColumnNames names;
    private final Aggregates aggregates;
    private final Functions functions;
    private final Casts casts;
    private final Arithmetic arithmetic;
    private final Patterns patterns;
    private final DateFunctions dates;

    ExpressionConverter(Conversion conversion, QueryConverter queries) {
        this.queries = queries;
        names = new ColumnNames(conversion, this);
        aggregates = new Aggregates(conversion, this);
        dates = new DateFunctions();
        functions = new Functions(this, dates);
        casts = new Casts();
        arithmetic = new Arithmetic();
        patterns = new Patterns(this);
    }

    ColumnNames names() {
        return names;
    }

    /** The expression where a value is wanted. */
    Value value(Expression expression, Scope scope) {
        if (scope.grouping() != null && scope.grouping().isKey(expression) && !isPlainColumn(expression)) {
            scope.grouping().enterAggregate();
            Value key = ungrouped(expression, scope);
            scope.grouping().leaveAggregate();
            return key;
        }
        return ungrouped(expression, scope);
    }

    private static boolean isPlainColumn(Expression expression) {
        return expression instanceof ColumnName;
    }

    private Value ungrouped(Expression expression, Scope scope) {
        if (expression instanceof ColumnName name) {
            return names.convert(name, scope);
        }
        if (expression instanceof NumberLiteral number) {
            return Coercions.parsed(number.text());
        }
        if (expression instanceof TextLiteral text) {
            return Value.text(text.text());
        }
        if (expression instanceof NullLiteral) {
            return Value.nothing();
        }
        if (expression instanceof CurrentTime now) {
            return dates.now(now.keyword());
        }
        if (expression instanceof Call call) {
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

    private Value operatorValue(Expression expression, Scope scope) {
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
        return Value.of(DSL.field(condition(expression, scope)), ValueKind.BOOLEAN, nullable);
    }

    private Value collated(Collate collate, Scope scope) {
        Value value = value(collate.value(), scope);
        if (collate.collation().equalsIgnoreCase("binary")) {
            return value;
        }
        if (collate.collation().equalsIgnoreCase("nocase") && value.kind() == ValueKind.TEXT) {
            return value.as(DSL.lower(Fields.<String>typed(value.field())));
        }
        throw new UnsupportedSqlException("COLLATE " + collate.collation() + " isn't converted");
    }

    private Value scalar(Rows rows) {
        if (rows.columns().size() != 1) {
            throw new UnsupportedSqlException(
                    "a subquery with " + rows.columns().size() + " columns as a value");
        }
        Value column = rows.columns().get(0).value();
        Field<?> field = DSL.field(Fields.column(rows.select()));
        return column.as(field).orNull();
    }

    private Value caseValue(Case choice, Scope scope) {
        List<Value> results = new ArrayList<>();
        choice.whens().forEach(when -> results.add(value(when.result(), scope)));
        Value otherwise = choice.otherwise() == null ? Value.nothing() : value(choice.otherwise(), scope);
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
        boolean nullable = results.stream().anyMatch(Value::nullable);
        return Value.of(cases(conditions, results, kind, choice.otherwise() != null), kind, nullable);
    }

    /** {@code CASE}; of the results the last belongs to ELSE. */
    static Field<?> cases(List<Condition> conditions, List<Value> results, ValueKind kind, boolean withElse) {
        var cases = DSL.when(
                conditions.get(0),
                Fields.<Object>typed(Coercions.to(kind, results.get(0)).field()));
        for (int i = 1; i < conditions.size(); i++) {
            cases = cases.when(
                    conditions.get(i),
                    Fields.<Object>typed(Coercions.to(kind, results.get(i)).field()));
        }
        Value last = results.get(results.size() - 1);
        return withElse
                ? cases.otherwise(Fields.<Object>typed(Coercions.to(kind, last).field()))
                : cases;
    }

    /** The expression where a condition is wanted. */
    Condition condition(Expression expression, Scope scope) {
        if (expression instanceof Binary binary) {
            Optional<Condition> condition = binaryCondition(binary, scope);
            if (condition.isPresent()) {
                return condition.get();
            }
        }
        if (expression instanceof Unary unary && unary.operator().equals("NOT")) {
            return DSL.not(condition(unary.operand(), scope));
        }
        if (expression instanceof Like like) {
            return patterns.convert(like, scope);
        }
        if (expression instanceof Between between) {
            return between(between, scope);
        }
        if (expression instanceof InList in) {
            return in(in, scope);
        }
        if (expression instanceof InQuery in) {
            return in(in, scope);
        }
        if (expression instanceof NullTest test) {
            Field<?> field = value(test.value(), scope).field();
            return test.negated() ? field.isNotNull() : field.isNull();
        }
        if (expression instanceof Exists exists) {
            return DSL.exists(queries.convert(exists.query(), scope, false).select());
        }
        return truth(value(expression, scope));
    }

    /** Everything but 0 and NULL is true. */
    private static Condition truth(Value value) {
        if (value.kind() == ValueKind.BOOLEAN) {
            return DSL.condition(Fields.<Boolean>typed(value.field()));
        }
        Value number = Coercions.toNumber(value);
        if (number.literalNumber() != null) {
            return number.literalNumber().signum() == 0 ? DSL.falseCondition() : DSL.trueCondition();
        }
        return Fields.<Object>typed(number.field()).ne(Fields.<Object>typed(DSL.inline(0)));
    }

    private Optional<Condition> binaryCondition(Binary binary, Scope scope) {
        Optional<Comparator> comparator = comparator(binary.operator());
        if (comparator.isPresent()) {
            return Optional.of(compare(comparator.get(), binary, scope));
        }
        return switch (binary.operator()) {
            case "AND" -> Optional.of(condition(binary.left(), scope).and(condition(binary.right(), scope)));
            case "OR" -> Optional.of(condition(binary.left(), scope).or(condition(binary.right(), scope)));
            default -> Optional.empty();
        };
    }

    private static Optional<Comparator> comparator(String operator) {
        return Optional.ofNullable(
                switch (operator) {
                    case "=" -> Comparator.EQUALS;
                    case "<>" -> Comparator.NOT_EQUALS;
                    case "<" -> Comparator.LESS;
                    case "<=" -> Comparator.LESS_OR_EQUAL;
                    case ">" -> Comparator.GREATER;
                    case ">=" -> Comparator.GREATER_OR_EQUAL;
                    case "IS" -> Comparator.IS_NOT_DISTINCT_FROM;
                    case "IS NOT" -> Comparator.IS_DISTINCT_FROM;
                    default -> null;
                });
    }

    private Condition compare(Comparator comparator, Binary binary, Scope scope) {
        if (binary.left() instanceof RowValue || binary.right() instanceof RowValue) {
            throw new UnsupportedSqlException("comparing rows of values isn't converted");
        }
        return Comparisons.compare(comparator, value(binary.left(), scope), value(binary.right(), scope));
    }

    private Condition between(Between between, Scope scope) {
        Value value = value(between.value(), scope);
        Value low = value(between.low(), scope);
        Value high = value(between.high(), scope);
        Optional<Aligned> lower = Comparisons.align(Comparator.GREATER_OR_EQUAL, value, low);
        Optional<Aligned> upper = Comparisons.align(Comparator.LESS_OR_EQUAL, value, high);
        Condition inside;
        if (lower.isPresent()
                && upper.isPresent()
                && lower.get().left().equals(upper.get().left())) {
            inside = Fields.<Object>typed(lower.get().left())
                    .between(
                            Fields.<Object>typed(lower.get().right()),
                            Fields.<Object>typed(upper.get().right()));
        } else {
            inside = Comparisons.compare(Comparator.GREATER_OR_EQUAL, value, low)
                    .and(Comparisons.compare(Comparator.LESS_OR_EQUAL, value, high));
        }
        return between.negated() ? DSL.not(inside) : inside;
    }

    /** The items' own affinity doesn't count. */
    private Condition in(InList in, Scope scope) {
        Value value = value(in.value(), scope);
        List<Field<?>> aligned = new ArrayList<>();
        Condition any = DSL.falseCondition();
        for (Expression item : in.items()) {
            Value right = value(item, scope).withoutAffinity();
            Comparisons.align(Comparator.EQUALS, value, right)
                    .filter(both -> both.left().equals(value.field()))
                    .ifPresent(both -> aligned.add(both.right()));
            any = any.or(Comparisons.compare(Comparator.EQUALS, value, right));
        }
        Condition inside = aligned.size() == in.items().size() && !aligned.isEmpty()
                ? Fields.<Object>typed(value.field())
                        .in(aligned.stream().map(Fields::<Object>typed).toList())
                : any;
        return in.negated() ? DSL.not(inside) : inside;
    }

    private Condition in(InQuery in, Scope scope) {
        Rows rows = queries.convert(in.query(), scope, false);
        if (in.value() instanceof RowValue row) {
            List<Field<?>> fields = new ArrayList<>();
            row.items().forEach(item -> fields.add(value(item, scope).field()));
            Condition inside = DSL.row(fields).in(rows.select());
            return in.negated() ? DSL.not(inside) : inside;
        }
        if (rows.columns().size() != 1) {
            throw new UnsupportedSqlException(
                    "IN over a query with " + rows.columns().size() + " columns");
        }
        Value value = value(in.value(), scope);
        Output column = rows.columns().get(0);
        Optional<Aligned> aligned = Comparisons.align(Comparator.EQUALS, value, column.value());
        Select<Record> select = rows.select();
        Field<?> left = value.field();
        if (aligned.isPresent() && aligned.get().right().equals(column.value().field())) {
            left = aligned.get().left();
        } else if (aligned.isPresent()
                && value.kind().isNumber()
                && column.value().facts().allNumbers()) {
            select = queries.convert(in.query(), scope, List.of(ValueKind.NUMERIC))
                    .select();
        } else {
            // The column must be turned into something else: ask for it again, as text.
            refuseNumbersAsText(value, column.value());
            select = queries.convert(in.query(), scope, List.of(ValueKind.TEXT)).select();
            left = Coercions.toText(value).field();
        }
        Field<Object> typedLeft = Fields.typed(left);
        Select<Record1<Object>> typedSelect = Fields.column(select);
        return in.negated() ? typedLeft.notIn(typedSelect) : typedLeft.in(typedSelect);
    }

    /** Texts say the same as numbers only where both are integers in plain digits. */
    private static void refuseNumbersAsText(Value value, Value column) {
        boolean integers = (value.kind().isInteger()
                        && column.kind() == ValueKind.TEXT
                        && column.facts().plainIntegers())
                || (column.kind().isInteger()
                        && value.kind() == ValueKind.TEXT
                        && value.facts().plainIntegers());
        boolean texts = value.kind().isText() && column.kind().isText();
        boolean affinities = value.affinity() != Affinity.NONE || column.affinity() != Affinity.NONE;
        if (!texts && !(integers && affinities)) {
            throw new UnsupportedSqlException("IN between numbers and text isn't converted");
        }
    }

    /** What a fact-free text is. */
    static Value text(Field<?> field, boolean nullable) {
        return new Value(field, ValueKind.TEXT, Affinity.NONE, nullable, TextFacts.UNKNOWN, null);
    }
}
