package org.sqltune.postgres.query;

import java.math.BigDecimal;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Fields;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts {@code substr}, where a negative start counts from the end. */
final class Substrings {
    private Substrings() {}

    static ConvertedValue convert(List<ConvertedValue> arguments) {
        ConvertedValue text = Coercions.toText(arguments.get(0));
        BigDecimal start = arguments.get(1).literalNumber();
        BigDecimal length = arguments.size() == 3 ? arguments.get(2).literalNumber() : null;
        if (start == null || !fits(start) || (length != null && (!fits(length) || length.signum() < 0))) {
            if (start == null && arguments.size() == 3) {
                return computed(text, arguments);
            }
            throw new UnsupportedSqlException("substr with a length below zero or a start that is computed");
        }
        Field<?> lengthField =
                arguments.size() == 3 ? Coercions.toNumber(arguments.get(2)).field() : null;
        boolean nullable = arguments.stream().anyMatch(ConvertedValue::nullable);
        return ExpressionConverter.text(substring(text.field(), start.intValue(), length, lengthField), nullable);
    }

    /** Converts a substr whose start is computed and at least one, such as {@code instr(x, ' ') + 1}. */
    private static ConvertedValue computed(ConvertedValue text, List<ConvertedValue> arguments) {
        Field<?> start = Coercions.toNumber(arguments.get(1)).field();
        Field<?> length = Coercions.toNumber(arguments.get(2)).field();
        return ExpressionConverter.text(
                Fields.sql("SUBSTRING({0}, {1}, {2})", text.field(), start, length),
                arguments.stream().anyMatch(ConvertedValue::nullable));
    }

    private static boolean fits(BigDecimal number) {
        return number.abs().compareTo(BigDecimal.valueOf(1_000_000_000)) < 0;
    }

    private static Field<?> substring(
            Field<?> text, int start, @Nullable BigDecimal length, @Nullable Field<?> lengthField) {
        Field<String> string = Fields.typed(text);
        if (start >= 0) {
            // A start of 0 is the position before the first character, in both databases.
            return lengthField == null
                    ? Fields.sql("SUBSTRING({0}, {1})", string, DSL.inline(start))
                    : Fields.sql("SUBSTRING({0}, {1}, {2})", string, DSL.inline(start), lengthField);
        }
        Field<?> end = DSL.right(string, DSL.inline(-start));
        if (lengthField == null || (length != null && length.intValue() >= -start)) {
            return end;
        }
        if (length == null) {
            throw new UnsupportedSqlException("substr from the end with a length that is computed");
        }
        // If the text is shorter, the missing characters count too.
        Field<?> begin = Fields.sql("LENGTH({0}) - " + (-start - 1), string);
        return Fields.sql("SUBSTRING({0}, {1}, {2})", string, begin, lengthField);
    }
}
