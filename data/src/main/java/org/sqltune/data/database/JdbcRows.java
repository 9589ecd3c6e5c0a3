package org.sqltune.data.database;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of PostgreSQL: numbers, truth values, and all else as the text that the server writes for it. A query has five
 * seconds; when the time for all is over, each fails at once.
 */
final class JdbcRows implements ValueSampler.RowReader<RuntimeException> {
    private static final Duration EACH = Duration.ofSeconds(5);

    /** Of the server's bytes of a value, compressed ones included: what is shown is shorter by far. */
    private static final int LARGEST_VALUE = 1_000;

    private static final Set<String> NUMBERS =
            Set.of("int2", "int4", "int8", "float4", "float8", "numeric", "oid", "smallserial", "serial", "bigserial");

    /** PostgreSQL's name of {@code char(n)}, whose values come with blanks up to n that mean nothing there. */
    private static final String PADDED = "bpchar";

    private final Connection connection;
    private final Duration time;
    private final long start = System.nanoTime();
    private int unread;

    /** @param time for all queries together */
    JdbcRows(Connection connection, Duration time) {
        this.connection = connection;
        this.time = time;
    }

    /** A column as it is read for samples: without values that are large, which stay on the server. */
    static String bounded(String column) {
        return "CASE WHEN pg_column_size(" + column + ") <= " + LARGEST_VALUE + " THEN " + column + " END";
    }

    /** How many queries failed. */
    int unread() {
        return unread;
    }

    @Override
    public boolean forEach(String query, Consumer<List<@Nullable Object>> row) {
        long left = time.toNanos() - (System.nanoTime() - start);
        if (left <= 0) {
            unread++;
            return false;
        }
        try {
            read(query, Math.min(EACH.toNanos(), left), row);
            return true;
        } catch (SQLException unreadable) {
            unread++;
            return false;
        }
    }

    private void read(String query, long nanos, Consumer<List<@Nullable Object>> row) throws SQLException {
        try (Statement statement = limited(nanos);
                ResultSet rows = statement.executeQuery(query)) {
            ResultSetMetaData columns = rows.getMetaData();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                types.add(columns.getColumnTypeName(i));
            }
            while (rows.next()) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int i = 0; i < types.size(); i++) {
                    values.add(value(rows, i + 1, types.get(i)));
                }
                row.accept(values);
            }
        }
    }

    private Statement limited(long nanos) throws SQLException {
        Statement statement = connection.createStatement();
        // Whole seconds, and 0 would be no limit.
        statement.setQueryTimeout((int) Math.max(1, Duration.ofNanos(nanos).toSeconds()));
        return statement;
    }

    /**
     * Returns a time as an object would be printed in this machine's zone; the server's text is in the connection's.
     */
    private static @Nullable Object value(ResultSet rows, int column, String type) throws SQLException {
        String text = type.equals("bytea") ? null : rows.getString(column);
        if (text == null) {
            return null;
        }
        if (NUMBERS.contains(type) && LiteralText.isNumber(text)) {
            return new BigDecimal(text);
        }
        if (type.equals("bool")) {
            return text.startsWith("t");
        }
        return type.equals(PADDED) ? text.stripTrailing() : text;
    }
}
