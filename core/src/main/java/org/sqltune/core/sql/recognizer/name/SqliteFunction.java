package org.sqltune.core.sql.recognizer.name;

import com.google.common.collect.ImmutableMap;

/**
 * A function of SQLite.
 *
 * @param least arguments at least
 * @param most arguments at most
 */
public record SqliteFunction(String name, Kind kind, int least, int most) {
    /** What a function makes of rows. */
    public enum Kind {
        /** One value of one row. */
        SCALAR,
        /** One value of many rows, or of a window. */
        AGGREGATE,
        /** One value of a window. */
        WINDOW,
        /** Of one argument an aggregate, else a scalar: {@code min}, {@code max}. */
        EITHER
    }

    private static final int ANY = 20;

    public static final ImmutableMap<String, SqliteFunction> ALL = all();

    private static ImmutableMap<String, SqliteFunction> all() {
        ImmutableMap.Builder<String, SqliteFunction> all = ImmutableMap.builder();
        add(all, Kind.EITHER, 1, ANY, "min max");
        add(all, Kind.AGGREGATE, 1, 1, "sum avg total");
        add(all, Kind.AGGREGATE, 0, 1, "count");
        add(all, Kind.AGGREGATE, 1, 2, "group_concat");
        add(all, Kind.WINDOW, 0, 0, "row_number rank dense_rank percent_rank cume_dist");
        add(all, Kind.WINDOW, 1, 1, "ntile first_value last_value");
        add(all, Kind.WINDOW, 1, 3, "lag lead");
        add(all, Kind.WINDOW, 2, 2, "nth_value");
        add(all, Kind.SCALAR, 1, 1, "abs lower upper length hex typeof unicode sign quote");
        add(all, Kind.SCALAR, 1, 2, "round trim ltrim rtrim");
        add(all, Kind.SCALAR, 2, 2, "instr ifnull nullif");
        add(all, Kind.SCALAR, 2, 3, "substr substring");
        add(all, Kind.SCALAR, 3, 3, "replace iif");
        add(all, Kind.SCALAR, 2, ANY, "coalesce");
        add(all, Kind.SCALAR, 1, ANY, "strftime date time datetime julianday printf");
        add(all, Kind.SCALAR, 0, 0, "random");
        add(all, Kind.SCALAR, 1, 1, "ceil floor sqrt exp ln");
        add(all, Kind.SCALAR, 2, 2, "pow power mod");
        return all.buildOrThrow();
    }

    private static void add(
            ImmutableMap.Builder<String, SqliteFunction> all, Kind kind, int least, int most, String names) {
        for (String name : names.split(" ")) {
            all.put(name, new SqliteFunction(name, kind, least, most));
        }
    }
}
