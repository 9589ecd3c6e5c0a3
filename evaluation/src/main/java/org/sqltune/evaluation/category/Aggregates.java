package org.sqltune.evaluation.category;

import java.util.Locale;
import java.util.Set;

/** The names of aggregate functions. */
final class Aggregates {
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
            "bool_or",
            "every");
    private static final Set<String> SCALAR_WITH_SEVERAL = Set.of("min", "max");

    private Aggregates() {}

    /** Whether a call of this function over so many arguments is an aggregate: SQLite's max(a, b) is none. */
    static boolean isAggregate(String name, int arguments) {
        String folded = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(folded) && !(arguments > 1 && SCALAR_WITH_SEVERAL.contains(folded));
    }
}
