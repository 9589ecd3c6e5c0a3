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
 * Reads PostgreSQL's rows: numbers and booleans, and everything else as the server's text. A query may take five
 * seconds; after the total time limit, each query fails at once.
 */
final class JdbcRows implements ValueSampler.RowReader<RuntimeException> {
    private static final Duration EACH = Duration.ofSeconds(5);

    /** The maximal stored size of a value in bytes, compressed or not; samples are far shorter. */
    private static final int LARGEST_VALUE = 1_000;

    private static final Set<String> NUMBERS =
            Set.of("int2", "int4", "int8", "float4", "float8", "numeric", "oid", "smallserial", "serial", "bigserial");

    /** PostgreSQL's name of {@code char(n)}, whose values are padded with meaningless blanks. */
    private static final String PADDED = "bpchar";

    private final Connection connection;
    private final Duration time;
    private final long start = System.nanoTime();
    private int unread;

    /** @param time the time limit for all queries together */
    JdbcRows(Connection connection, Duration time) {
        this.connection = connection;
        this.time = time;
    }

    /** Returns the expression that reads a column's samples without its large values, which stay on the server. */
    static String bounded(String column) {
        return "CASE WHEN pg_column_size(" + column + ") <= " + LARGEST_VALUE + " THEN " + column + " END";
    }

    /** Returns the number of failed queries. */
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
        // In whole seconds; 0 would mean no limit.
        statement.setQueryTimeout((int) Math.max(1, Duration.ofNanos(nanos).toSeconds()));
        return statement;
    }

    /**
     * Returns the server's text of a time, which is in the connection's zone; an object would be printed in this
     * machine's.
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
