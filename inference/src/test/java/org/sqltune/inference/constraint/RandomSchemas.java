package org.sqltune.inference.constraint;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.sqltune.core.schema.SqlIdentifiers;

/** Tables with names that nobody would choose: keywords, spaces, quotes, dots, other scripts, and names that many tables have. */
final class RandomSchemas {
    private static final List<String> NAMES = List.of(
            "id",
            "name",
            "age",
            "country",
            "t1",
            "T2",
            "a",
            "b",
            "count",
            "max",
            "order",
            "group",
            "select",
            "from",
            "where",
            "desc",
            "end",
            "cast",
            "match",
            "like",
            "rank",
            "two words",
            "it's",
            "say \"hi\"",
            "back`tick",
            "[bracket]",
            "dot.ted",
            "größe",
            "Straße 1",
            "名前",
            "emoji 🙂",
            "1st",
            "_x",
            "x$y",
            "CamelCase",
            "camelcase2",
            "date",
            "year",
            "rowid",
            "index",
            "values",
            "join",
            "left",
            "natural",
            "over",
            "window",
            "filter",
            "null",
            "true",
            "total",
            "sum",
            "c1",
            "w1",
            "column with a very long name indeed, longer than any piece",
            "semi;colon",
            "--x");

    private RandomSchemas() {}

    static void make(Connection connection, Random random) throws SQLException {
        Set<String> tables = new TreeSet<>();
        int count = 1 + random.nextInt(6);
        try (Statement statement = connection.createStatement()) {
            while (tables.size() < count) {
                String table = NAMES.get(random.nextInt(NAMES.size()));
                if (tables.add(table.toLowerCase(Locale.ROOT))) {
                    statement.executeUpdate(
                            "CREATE TABLE " + SqlIdentifiers.quoted(table) + " (" + columns(random) + ")");
                }
            }
        }
    }

    private static String columns(Random random) {
        Set<String> seen = new TreeSet<>();
        List<String> columns = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        while (columns.size() < count) {
            String column = NAMES.get(random.nextInt(NAMES.size()));
            if (seen.add(column.toLowerCase(Locale.ROOT))) {
                columns.add(SqlIdentifiers.quoted(column) + (random.nextBoolean() ? " TEXT" : " INTEGER"));
            }
        }
        return String.join(", ", columns);
    }
}
