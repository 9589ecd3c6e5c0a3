package org.sqltune.core.sql.facts;

import java.util.Locale;
import java.util.Set;

/** The aggregate functions of SQLite and of the dialects that data sets are written in. */
public final class AggregateNames {
    private static final Set<String> NAMES = Set.of(
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "total",
            "group_concat",
            "string_agg",
            "array_agg",
            "median",
            "mode",
            "stdev",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "percentile_cont",
            "percentile_disc",
            "json_group_array",
            "json_group_object",
            "bool_and",
            "bool_or");

    /** SQLite's {@code max(a, b)} is the larger of two values, not an aggregate. */
    private static final Set<String> SCALAR_OF_SEVERAL = Set.of("min", "max");

    private AggregateNames() {}

    /** Whether a function makes one value of many rows; names in any case. */
    public static boolean isAggregate(String function, int arguments) {
        String name = function.toLowerCase(Locale.ROOT);
        return NAMES.contains(name) && !(arguments > 1 && SCALAR_OF_SEVERAL.contains(name));
    }
}
