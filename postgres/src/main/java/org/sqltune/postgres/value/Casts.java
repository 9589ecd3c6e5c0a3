package org.sqltune.postgres.value;

import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.sqltune.postgres.schema.Affinity;
import org.sqltune.postgres.schema.TextFacts;
import org.sqltune.postgres.schema.ValueKind;

/** Converts CAST, which never fails in SQLite: a text's numeric prefix counts. */
public final class Casts {
    private static final String INTEGER_PREFIX = "^\\s*([+-]?\\d+)";

    public ConvertedValue convert(ConvertedValue value, String type) {
        Affinity affinity = Affinity.of(type);
        ConvertedValue cast = switch (affinity) {
            case INTEGER -> toInteger(value);
            case REAL -> toReal(value);
            case NUMERIC -> Coercions.toNumber(value);
            case TEXT -> Coercions.toText(value);
            case NONE -> throw new UnsupportedSqlException("CAST AS " + type + " isn't converted");
        };
        TextFacts facts = cast.facts();
        return new ConvertedValue(cast.field(), cast.kind(), affinity, cast.nullable(), facts, cast.literal());
    }

    private static ConvertedValue toReal(ConvertedValue value) {
        ConvertedValue number = Coercions.toNumber(value);
        return number.kind() == ValueKind.REAL && number.literal() == null
                ? number
                : ConvertedValue.of(number.field().cast(SQLDataType.DOUBLE), ValueKind.REAL, number.nullable());
    }

    private static ConvertedValue toInteger(ConvertedValue value) {
        boolean text = value.kind().isText() || value.kind() == ValueKind.MIXED;
        if (text && value.facts().allNumbers() && value.facts().plainIntegers()) {
            return ConvertedValue.of(value.field().cast(SQLDataType.INTEGER), ValueKind.INTEGER, value.nullable());
        }
        if (text) {
            return integerIn(Coercions.toText(value));
        }
        ConvertedValue number = Coercions.toNumber(value);
        if (number.kind().isInteger() || number.kind() == ValueKind.NULL) {
            return number;
        }
        Field<?> cut = number.kind() == ValueKind.WHOLE ? number.field() : Fields.sql("TRUNC({0})", number.field());
        return ConvertedValue.of(cut.cast(SQLDataType.BIGINT), ValueKind.BIGINT, number.nullable());
    }

    private static ConvertedValue integerIn(ConvertedValue text) {
        Field<?> prefix = Fields.sql("SUBSTRING({0} FROM {1})", text.field(), DSL.inline(INTEGER_PREFIX));
        Field<?> integer = Fields.coalesce(List.of(prefix.cast(SQLDataType.BIGINT), DSL.inline(0)));
        Field<?> guarded = text.nullable() ? Fields.when(text.field().isNotNull(), integer) : integer;
        return ConvertedValue.of(guarded, ValueKind.BIGINT, text.nullable());
    }
}
