package org.sqltune.synthesis;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.hardness.QueryHardness;

/** Counts how many pairs of each hardness are still needed; without a mix, all are. */
final class Demand {
    private final @Nullable Map<QueryHardness, Integer> quotas;
    private final Map<QueryHardness, Integer> made = new EnumMap<>(QueryHardness.class);

    Demand(@Nullable HardnessMix mix, int count) {
        quotas = mix == null ? null : mix.quotas(count);
    }

    boolean isLimited() {
        return quotas != null;
    }

    boolean wants(String sql) {
        if (quotas == null) {
            return true;
        }
        QueryHardness hardness = QueryHardness.of(sql);
        return made.getOrDefault(hardness, 0) < quotas.getOrDefault(hardness, 0);
    }

    void made(String sql, int number) {
        if (quotas != null) {
            made.merge(QueryHardness.of(sql), number, Integer::sum);
        }
    }
}
