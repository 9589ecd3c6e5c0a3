package org.sqltune.postgres.value;

import java.util.List;
import java.util.Optional;
import org.jooq.Comparator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqltune.postgres.schema.Affinity;
import org.sqltune.postgres.schema.TextFacts;
import org.sqltune.postgres.schema.ValueKind;

/**
 * Comparisons by SQLite's rules: section 4 of <a href="https://www.sqlite.org/datatype3.html">datatype3.html</a>. The
 * affinity of one side may convert the other's values from text to numbers or back; after that, numbers are less than
 * text.
 */
public final class Comparisons {
    /** Tests of equality, which differ from order comparisons. */
    private static final List<Comparator> EQUALITIES = List.of(
            Comparator.EQUALS, Comparator.NOT_EQUALS, Comparator.IS_DISTINCT_FROM, Comparator.IS_NOT_DISTINCT_FROM);

    private Comparisons() {}

    /** Two values that PostgreSQL compares with the same result as SQLite the original ones. */
    public record Aligned(Field<?> left, Field<?> right) {}

    /** Returns {@code left operator right}. */
    public static Condition compare(Comparator operator, ConvertedValue left, ConvertedValue right) {
        Optional<Aligned> aligned = align(operator, left, right);
        if (aligned.isPresent()) {
            return condition(operator, aligned.get());
        }
        ConvertedValue first = affected(left, right);
        ConvertedValue second = affected(right, left);
        return StorageClasses.compare(operator, first, second);
    }

    /** Returns the two values in a form that PostgreSQL compares correctly; empty if there is none. */
    public static Optional<Aligned> align(Comparator operator, ConvertedValue left, ConvertedValue right) {
        if (left.kind() == ValueKind.NULL || right.kind() == ValueKind.NULL) {
            return Optional.of(new Aligned(left.field(), right.field()));
        }
        if (EQUALITIES.contains(operator)) {
            ConvertedValue leftText = integerAsText(left, right);
            ConvertedValue rightText = integerAsText(right, left);
            if (leftText != null || rightText != null) {
                return Optional.of(new Aligned(
                        leftText == null ? left.field() : leftText.field(),
                        rightText == null ? right.field() : rightText.field()));
            }
        }
        ConvertedValue first = affected(left, right);
        ConvertedValue second = affected(right, left);
        if (first.kind().isNumber() && second.kind().isNumber()) {
            return Optional.of(numbers(first, second));
        }
        if (first.kind().isText() && second.kind().isText()) {
            return Optional.of(texts(first, second));
        }
        if (EQUALITIES.contains(operator)) {
            return alignMixed(first, second);
        }
        return first.kind() == ValueKind.BLOB && second.kind() == ValueKind.BLOB
                ? Optional.of(new Aligned(first.field(), second.field()))
                : Optional.empty();
    }

    /** Returns an integer as text, for comparison with a text column of plain integers; null if that isn't possible. */
    private static @Nullable ConvertedValue integerAsText(ConvertedValue number, ConvertedValue text) {
        boolean integer = number.kind().isInteger() && number.affinity().isNumeric() && number.literal() == null;
        boolean column = text.kind() == ValueKind.TEXT && !text.affinity().isNumeric() && text.literal() == null;
        return integer
                        && column
                        && text.facts().plainIntegers()
                        && !text.facts().allNumbers()
                ? Coercions.toText(number)
                : null;
    }

    /** Aligns values of mixed kinds, which are equal if their texts are. */
    private static Optional<Aligned> alignMixed(ConvertedValue left, ConvertedValue right) {
        boolean mixed = left.kind() == ValueKind.MIXED && right.kind() == ValueKind.MIXED;
        boolean mixedAndText = (left.kind() == ValueKind.MIXED && right.kind().isText() && isNoNumber(right))
                || (right.kind() == ValueKind.MIXED && left.kind().isText() && isNoNumber(left));
        return mixed || mixedAndText
                ? Optional.of(new Aligned(
                        Coercions.toText(left).field(), Coercions.toText(right).field()))
                : Optional.empty();
    }

    private static boolean isNoNumber(ConvertedValue text) {
        return text.kind() != ValueKind.TEXT || text.facts().noNumbers();
    }

    private static Aligned numbers(ConvertedValue left, ConvertedValue right) {
        if (left.kind() == ValueKind.BOOLEAN && right.kind() == ValueKind.BOOLEAN) {
            return new Aligned(left.field(), right.field());
        }
        Field<?> leftBit = left.kind() == ValueKind.BOOLEAN ? bit(right) : null;
        Field<?> rightBit = right.kind() == ValueKind.BOOLEAN ? bit(left) : null;
        if (leftBit != null) {
            return new Aligned(left.field(), leftBit);
        }
        return rightBit != null
                ? new Aligned(rightBit, right.field())
                : new Aligned(
                        Coercions.toNumber(left).field(),
                        Coercions.toNumber(right).field());
    }

    /** Returns TRUE or FALSE for the literal 1 or 0; null for anything else. */
    private static @Nullable Field<?> bit(ConvertedValue number) {
        if (number.literalNumber() == null || !number.kind().isInteger()) {
            return null;
        }
        int value = number.literalNumber().intValue();
        return value == 0 || value == 1 ? DSL.inline(value == 1) : null;
    }

    private static Aligned texts(ConvertedValue left, ConvertedValue right) {
        boolean same = left.kind() == right.kind() || writtenAs(left.kind(), right) || writtenAs(right.kind(), left);
        return same
                ? new Aligned(left.field(), right.field())
                : new Aligned(
                        Coercions.toText(left).field(), Coercions.toText(right).field());
    }

    /** Returns whether PostgreSQL would write a value of this kind like the literal. */
    private static boolean writtenAs(ValueKind kind, ConvertedValue literal) {
        String text = literal.literalText();
        return text != null
                && ((kind == ValueKind.DATE && TextFacts.isDate(text))
                        || (kind == ValueKind.TIMESTAMP && TextFacts.isTimestamp(text)));
    }

    /** Returns the value converted by the other side's affinity. */
    private static ConvertedValue affected(ConvertedValue value, ConvertedValue other) {
        if (other.affinity().isNumeric() && !value.affinity().isNumeric()) {
            return asNumberIfItLooksSo(value);
        }
        boolean becomesText = other.affinity() == Affinity.TEXT && value.affinity() == Affinity.NONE;
        return becomesText && value.kind() != ValueKind.BLOB ? Coercions.toText(value) : value;
    }

    private static ConvertedValue asNumberIfItLooksSo(ConvertedValue value) {
        String literal = value.literalText();
        if (literal != null) {
            return TextFacts.looksNumeric(literal) ? Coercions.parsed(literal.strip()) : value;
        }
        if (value.kind() != ValueKind.TEXT || value.facts().noNumbers()) {
            return value;
        }
        return value.facts().allNumbers() ? Coercions.toNumber(value) : value.mixed();
    }

    /** Returns PostgreSQL's own comparison. */
    static Condition condition(Comparator operator, Aligned aligned) {
        return Fields.<Object>typed(aligned.left()).compare(operator, Fields.<Object>typed(aligned.right()));
    }
}
