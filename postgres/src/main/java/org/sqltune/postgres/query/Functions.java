package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Comparator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.Comparisons;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Fields;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts <a href="https://www.sqlite.org/lang_corefunc.html">SQLite's scalar functions</a>. */
final class Functions {
    private final ExpressionConverter expressions;
    private final DateFunctions dates;

    Functions(ExpressionConverter expressions, DateFunctions dates) {
        this.expressions = expressions;
        this.dates = dates;
    }

    ConvertedValue convert(Call call, ConversionScope scope) {
        if (call.name().equals("iif") || call.name().equals("if")) {
            return choice(call, scope);
        }
        List<ConvertedValue> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(expressions.value(argument, scope));
        }
        if (DateFunctions.NAMES.contains(call.name())) {
            return dates.convert(call.name(), arguments);
        }
        return switch (call.name() + "/" + arguments.size()) {
            case "abs/1" -> absolute(arguments.get(0));
            case "sign/1", "ceil/1", "ceiling/1", "floor/1", "sqrt/1", "exp/1", "ln/1" ->
                mathematical(call.name(), arguments.get(0));
            case "round/1", "round/2" -> rounded(arguments);
            case "power/2", "pow/2" -> power(arguments);
            case "length/1" ->
                ConvertedValue.of(
                        DSL.charLength(Fields.<String>typed(text(arguments, 0))),
                        ValueKind.INTEGER,
                        nullable(arguments));
            case "lower/1" -> string(DSL.lower(Fields.<String>typed(text(arguments, 0))), arguments);
            case "upper/1" -> string(DSL.upper(Fields.<String>typed(text(arguments, 0))), arguments);
            case "replace/3" ->
                string(
                        Fields.sql(
                                "REPLACE({0}, {1}, {2})", text(arguments, 0), text(arguments, 1), text(arguments, 2)),
                        arguments);
            case "trim/1", "ltrim/1", "rtrim/1", "trim/2", "ltrim/2", "rtrim/2" -> trimmed(call.name(), arguments);
            case "instr/2" ->
                ConvertedValue.of(
                        DSL.position(
                                Fields.<String>typed(text(arguments, 0)), Fields.<String>typed(text(arguments, 1))),
                        ValueKind.INTEGER,
                        nullable(arguments));
            case "substr/2", "substring/2", "substr/3", "substring/3" -> Substrings.convert(arguments);
            case "nullif/2" -> nullIf(arguments.get(0), arguments.get(1));
            case "min/2", "min/3", "max/2", "max/3" -> extreme(call.name(), arguments);
            case "likely/1", "unlikely/1" -> arguments.get(0).withoutAffinity();
            default -> variadic(call.name(), arguments);
        };
    }

    private static ConvertedValue variadic(String name, List<ConvertedValue> arguments) {
        if ((name.equals("coalesce") && arguments.size() > 1) || (name.equals("ifnull") && arguments.size() == 2)) {
            return coalesced(arguments);
        }
        if (name.equals("concat") && !arguments.isEmpty()) {
            // Not ||: concat treats NULL as an empty text.
            QueryPart[] texts = arguments.stream()
                    .map(value -> Coercions.toText(value).field())
                    .toArray(QueryPart[]::new);
            String places = IntStream.range(0, texts.length)
                    .mapToObj(place -> "{" + place + "}")
                    .collect(Collectors.joining(", ", "CONCAT(", ")"));
            return ExpressionConverter.text(Fields.sql(places, texts), false);
        }
        throw new UnsupportedSqlException(
                "the function " + name + " with " + arguments.size() + " arguments isn't converted");
    }

    private ConvertedValue choice(Call call, ConversionScope scope) {
        List<Expression> arguments = call.arguments();
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw new UnsupportedSqlException("iif with " + arguments.size() + " arguments isn't converted");
        }
        Condition condition = expressions.condition(arguments.get(0), scope);
        ConvertedValue then = expressions.value(arguments.get(1), scope);
        ConvertedValue otherwise =
                arguments.size() == 3 ? expressions.value(arguments.get(2), scope) : ConvertedValue.nothing();
        List<ConvertedValue> results = List.of(then, otherwise);
        ValueKind kind = Coercions.common(results);
        return ConvertedValue.of(
                ExpressionConverter.cases(List.of(condition), results, kind, arguments.size() == 3),
                kind,
                nullable(results));
    }

    private static ConvertedValue absolute(ConvertedValue argument) {
        ConvertedValue number = Coercions.toNumber(argument);
        return ConvertedValue.of(DSL.abs(Fields.<Number>typed(number.field())), number.kind(), number.nullable());
    }

    private static ConvertedValue mathematical(String name, ConvertedValue argument) {
        ConvertedValue number = Coercions.toNumber(argument);
        boolean keepsKind = !List.of("sqrt", "exp", "ln").contains(name);
        Field<?> field = keepsKind ? number.field() : number.field().cast(SQLDataType.DOUBLE);
        String function = name.equals("ceiling") ? "ceil" : name;
        ValueKind kind = name.equals("sign") ? ValueKind.WHOLE : keepsKind ? number.kind() : ValueKind.REAL;
        return ConvertedValue.of(Fields.sql(function.toUpperCase(Locale.ROOT) + "({0})", field), kind, true);
    }

    /** Converts round: SQLite rounds halves away from zero, as PostgreSQL does for numerics but not for doubles. */
    private static ConvertedValue rounded(List<ConvertedValue> arguments) {
        ConvertedValue number = Coercions.toNumber(arguments.get(0));
        Field<?> digits = arguments.size() == 2
                ? Coercions.toNumber(arguments.get(1)).field().cast(SQLDataType.INTEGER)
                : DSL.inline(0);
        Field<?> numeric = Fields.castToNumeric(number.field());
        Field<?> shownDigits = arguments.size() == 2 && arguments.get(1).literalNumber() != null
                ? arguments.get(1).field()
                : digits;
        Field<?> rounded = arguments.size() == 1
                ? Fields.sql("ROUND({0})", numeric)
                : Fields.sql("ROUND({0}, {1})", numeric, shownDigits);
        return ConvertedValue.of(rounded, ValueKind.REAL, nullable(arguments));
    }

    private static ConvertedValue power(List<ConvertedValue> arguments) {
        Field<?> base = Coercions.toNumber(arguments.get(0)).field().cast(SQLDataType.DOUBLE);
        Field<?> exponent = Coercions.toNumber(arguments.get(1)).field();
        return ConvertedValue.of(Fields.sql("POWER({0}, {1})", base, exponent), ValueKind.REAL, nullable(arguments));
    }

    private static ConvertedValue trimmed(String name, List<ConvertedValue> arguments) {
        String function = switch (name) {
            case "ltrim" -> "LTRIM";
            case "rtrim" -> "RTRIM";
            default -> arguments.size() == 1 ? "TRIM" : "BTRIM";
        };
        Field<?> trimmed = arguments.size() == 1
                ? Fields.sql(function + "({0})", text(arguments, 0))
                : Fields.sql(function + "({0}, {1})", text(arguments, 0), text(arguments, 1));
        return string(trimmed, arguments);
    }

    private static ConvertedValue coalesced(List<ConvertedValue> arguments) {
        ValueKind kind = Coercions.common(arguments);
        Field<?> field = Fields.coalesce(arguments.stream()
                .map(value -> Coercions.to(kind, value).field())
                .toList());
        return ConvertedValue.of(field, kind, arguments.stream().allMatch(ConvertedValue::nullable));
    }

    /** Converts nullif, which compares without affinity: the text 3 isn't the number 3. */
    private static ConvertedValue nullIf(ConvertedValue first, ConvertedValue second) {
        ConvertedValue value = first.withoutAffinity();
        ConvertedValue other = second.withoutAffinity();
        Condition equal = Comparisons.compare(Comparator.EQUALS, value, other);
        boolean plain = Comparisons.align(Comparator.EQUALS, value, other)
                .filter(both ->
                        both.left().equals(value.field()) && both.right().equals(other.field()))
                .isPresent();
        Field<?> field = plain
                ? Fields.nullIf(value.field(), other.field())
                : Fields.sql("CASE WHEN {0} THEN NULL ELSE {1} END", equal, value.field());
        return ConvertedValue.of(field, value.kind(), true);
    }

    /** Converts min and max of several arguments: NULL if any argument is, where PostgreSQL would skip it. */
    private static ConvertedValue extreme(String name, List<ConvertedValue> arguments) {
        ValueKind kind = Coercions.common(arguments);
        if (kind == ValueKind.MIXED) {
            throw new UnsupportedSqlException(name + " of numbers and text isn't converted");
        }
        Field<?>[] fields = arguments.stream()
                .map(value ->
                        Coercions.toNumberIfBoolean(Coercions.to(kind, value)).field())
                .toArray(Field<?>[]::new);
        Field<Object> first = Fields.typed(fields[0]);
        Field<?>[] others = List.of(fields).subList(1, fields.length).toArray(Field<?>[]::new);
        Field<?> extreme = name.equals("max") ? DSL.greatest(first, others) : DSL.least(first, others);
        Condition known = DSL.noCondition();
        for (ConvertedValue value : arguments) {
            known = value.nullable() ? known.and(value.field().isNotNull()) : known;
        }
        boolean nullable = nullable(arguments);
        ValueKind result = kind == ValueKind.BOOLEAN ? ValueKind.INTEGER : kind;
        return ConvertedValue.of(nullable ? Fields.when(known, extreme) : extreme, result, nullable);
    }

    private static Field<?> text(List<ConvertedValue> arguments, int index) {
        return Coercions.toText(arguments.get(index)).field();
    }

    private static ConvertedValue string(Field<?> field, List<ConvertedValue> arguments) {
        return ExpressionConverter.text(field, nullable(arguments));
    }

    private static boolean nullable(List<ConvertedValue> values) {
        return values.stream().anyMatch(ConvertedValue::nullable);
    }
}
