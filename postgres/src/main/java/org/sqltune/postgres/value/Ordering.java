package org.sqltune.postgres.value;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqltune.postgres.schema.ValueKind;

/** Orders values like SQLite: NULL, numbers, text, blobs. */
public final class Ordering {
    private Ordering() {}

    /**
     * Returns the terms of ORDER BY for a value.
     *
     * @param shown the value's SQL in ORDER BY: itself, an alias or a position
     * @param nullsFirst whether NULLs come first; null for SQLite's default, which is first when ascending
     */
    public static List<SortField<?>> terms(
            ConvertedValue value, Field<?> shown, boolean descending, @Nullable Boolean nullsFirst) {
        boolean first = nullsFirst == null ? !descending : nullsFirst;
        if (value.kind() == ValueKind.MIXED) {
            return mixed(value.field(), descending, first);
        }
        SortField<?> term = descending ? shown.desc() : shown.asc();
        boolean postgresDoesSo = first == descending;
        if (!value.nullable() || postgresDoesSo) {
            return List.of(descending ? term : shown.sortDefault());
        }
        return List.of(first ? term.nullsFirst() : term.nullsLast());
    }

    private static List<SortField<?>> mixed(Field<?> field, boolean descending, boolean nullsFirst) {
        Field<?> rank = DSL.when(Fields.looksNumeric(field), DSL.inline(0)).otherwise(DSL.inline(1));
        Field<?> nullRank = DSL.field(field.isNull());
        Field<?> number = Fields.when(Fields.looksNumeric(field), Fields.castToNumeric(field));
        List<SortField<?>> terms = new ArrayList<>();
        terms.add(nullsFirst ? nullRank.desc() : nullRank.asc());
        for (Field<?> key : List.of(rank, number, field)) {
            terms.add(descending ? key.desc() : key.asc());
        }
        return terms;
    }

    /** Returns an order with the smallest or greatest value first and NULLs last. */
    public static List<SortField<?>> extremeFirst(ConvertedValue value, boolean greatest) {
        return terms(value.orNull(), value.field(), greatest, false);
    }

    /** Returns the first of a group's values in this order. */
    public static ConvertedValue firstOf(ConvertedValue value, List<SortField<?>> order) {
        return value.as(
                DSL.arrayGet(DSL.arrayAgg(Fields.<Object>typed(value.field())).orderBy(order), DSL.inline(1)));
    }
}
