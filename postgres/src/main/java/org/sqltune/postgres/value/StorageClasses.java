package org.sqltune.postgres.value;

import java.util.List;
import org.jooq.Comparator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.value.Comparisons.Aligned;

/** Compares values whose storage class may vary by row: numbers are less than texts, and texts less than blobs. */
final class StorageClasses {
    private StorageClasses() {}

    /** Returns {@code left operator right}, after affinities were applied. */
    static Condition compare(Comparator operator, ConvertedValue left, ConvertedValue right) {
        if (left.kind() == ValueKind.MIXED) {
            return mixed(operator, left, right);
        }
        if (right.kind() == ValueKind.MIXED) {
            return mixed(mirrored(operator), right, left);
        }
        return byRank(operator, left, right);
    }

    /** Returns the comparison of a text that may be a number with another value. */
    private static Condition mixed(Comparator operator, ConvertedValue mixed, ConvertedValue other) {
        if (other.kind() == ValueKind.BLOB) {
            throw new UnsupportedSqlException("comparing numbers and text with blobs isn't converted");
        }
        if (other.kind() == ValueKind.MIXED) {
            return bothMixed(operator, mixed, other);
        }
        Condition number = Fields.looksNumeric(mixed.field());
        Field<?> ifNumber;
        Field<?> ifText;
        if (other.kind().isNumber()) {
            ConvertedValue otherNumber = Coercions.toNumber(other);
            Aligned both = new Aligned(Fields.castToNumeric(mixed.field()), otherNumber.field());
            ifNumber = DSL.field(Comparisons.condition(operator, both));
            ifText = constant(operator, 1, mixed, other);
        } else {
            Aligned both = new Aligned(mixed.field(), Coercions.toText(other).field());
            ifNumber = constant(operator, -1, mixed, other);
            ifText = DSL.field(Comparisons.condition(operator, both));
        }
        return DSL.condition(Fields.<Boolean>typed(Fields.when(number, ifNumber, ifText)));
    }

    private static Condition bothMixed(Comparator operator, ConvertedValue left, ConvertedValue right) {
        Condition leftNumber = Fields.looksNumeric(left.field());
        Condition rightNumber = Fields.looksNumeric(right.field());
        Aligned numbers = new Aligned(Fields.castToNumeric(left.field()), Fields.castToNumeric(right.field()));
        Field<?> result = DSL.when(
                        leftNumber.and(rightNumber),
                        Fields.<Object>typed(DSL.field(Comparisons.condition(operator, numbers))))
                .when(leftNumber, Fields.<Object>typed(constant(operator, -1, left, right)))
                .when(rightNumber, Fields.<Object>typed(constant(operator, 1, left, right)))
                .otherwise(Fields.<Object>typed(
                        DSL.field(Comparisons.condition(operator, new Aligned(left.field(), right.field())))));
        return DSL.condition(Fields.<Boolean>typed(result));
    }

    /** Returns the comparison of a number with a text: the number is always less. */
    private static Condition byRank(Comparator operator, ConvertedValue left, ConvertedValue right) {
        int order = rank(left) - rank(right);
        return DSL.condition(Fields.<Boolean>typed(constant(operator, order, left, right)));
    }

    private static int rank(ConvertedValue value) {
        return value.kind().isNumber() ? 0 : value.kind() == ValueKind.BLOB ? 2 : 1;
    }

    /** Returns the comparison's result if the first value is always less (-1) or always greater (1). */
    private static Field<?> constant(Comparator operator, int order, ConvertedValue left, ConvertedValue right) {
        boolean result = switch (operator) {
            case EQUALS -> false;
            case NOT_EQUALS -> true;
            case LESS, LESS_OR_EQUAL -> order < 0;
            case GREATER, GREATER_OR_EQUAL -> order > 0;
            default -> throw new UnsupportedSqlException("IS between numbers and text isn't converted");
        };
        Condition known = DSL.noCondition();
        for (ConvertedValue value : List.of(left, right)) {
            known = value.nullable() ? known.and(value.field().isNotNull()) : known;
        }
        Field<?> constant = DSL.inline(result);
        return left.nullable() || right.nullable() ? Fields.when(known, constant) : constant;
    }

    private static Comparator mirrored(Comparator operator) {
        return switch (operator) {
            case LESS -> Comparator.GREATER;
            case LESS_OR_EQUAL -> Comparator.GREATER_OR_EQUAL;
            case GREATER -> Comparator.LESS;
            case GREATER_OR_EQUAL -> Comparator.LESS_OR_EQUAL;
            default -> operator;
        };
    }
}
