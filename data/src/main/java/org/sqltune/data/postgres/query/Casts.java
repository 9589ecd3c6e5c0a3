package org.sqltune.data.postgres.query;

import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.sqltune.data.postgres.schema.Affinity;
import org.sqltune.data.postgres.schema.TextFacts;
import org.sqltune.data.postgres.schema.ValueKind;

/** CAST, which never fails in SQLite: text is read up to where it stops being a number. */
final class Casts {
    private static final String INTEGER_PREFIX = "^\\s*([+-]?\\d+)";

    Value convert(Value value, String type) {
        Affinity affinity = Affinity.of(type);
        Value cast = switch (affinity) {
            case INTEGER -> toInteger(value);
            case REAL -> toReal(value);
            case NUMERIC -> Coercions.toNumber(value);
            case TEXT -> Coercions.toText(value);
            case NONE -> throw new UnsupportedSqlException("CAST AS " + type + " isn't converted");
        };
        TextFacts facts = cast.facts();
        return new Value(cast.field(), cast.kind(), affinity, cast.nullable(), facts, cast.literal());
    }

    private static Value toReal(Value value) {
        Value number = Coercions.toNumber(value);
        return number.kind() == ValueKind.REAL && number.literal() == null
                ? number
                : Value.of(number.field().cast(SQLDataType.DOUBLE), ValueKind.REAL, number.nullable());
    }

    private static Value toInteger(Value value) {
        boolean text = value.kind().isText() || value.kind() == ValueKind.MIXED;
        if (text && value.facts().allNumbers() && value.facts().plainIntegers()) {
            return Value.of(value.field().cast(SQLDataType.INTEGER), ValueKind.INTEGER, value.nullable());
        }
        if (text) {
            return integerIn(Coercions.toText(value));
        }
        Value number = Coercions.toNumber(value);
        if (number.kind().isInteger() || number.kind() == ValueKind.NULL) {
            return number;
        }
        Field<?> cut = number.kind() == ValueKind.WHOLE ? number.field() : Fields.sql("TRUNC({0})", number.field());
        return Value.of(cut.cast(SQLDataType.BIGINT), ValueKind.BIGINT, number.nullable());
    }

    private static Value integerIn(Value text) {
        Field<?> prefix = Fields.sql("SUBSTRING({0} FROM {1})", text.field(), DSL.inline(INTEGER_PREFIX));
        Field<?> integer = Fields.coalesce(List.of(prefix.cast(SQLDataType.BIGINT), DSL.inline(0)));
        Field<?> guarded = text.nullable() ? Fields.when(text.field().isNotNull(), integer) : integer;
        return Value.of(guarded, ValueKind.BIGINT, text.nullable());
    }
}
