package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows over JDBC. */
final class JdbcRows implements ValueSampler.RowReader<SQLException> {
    /** PostgreSQL's name of {@code char(n)}, whose values come with blanks up to n that mean nothing there. */
    private static final String PADDED = "bpchar";

    private final Connection connection;

    JdbcRows(Connection connection) {
        this.connection = connection;
    }

    @Override
    public boolean forEach(String query, Consumer<List<@Nullable Object>> row) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            ResultSetMetaData columns = rows.getMetaData();
            boolean[] padded = new boolean[columns.getColumnCount()];
            for (int i = 0; i < padded.length; i++) {
                padded[i] = PADDED.equals(columns.getColumnTypeName(i + 1));
            }
            while (rows.next()) {
                row.accept(values(rows, padded));
            }
        }
        return true;
    }

    private static List<@Nullable Object> values(ResultSet rows, boolean[] padded) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < padded.length; i++) {
            Object value = rows.getObject(i + 1);
            values.add(padded[i] && value instanceof String text ? text.stripTrailing() : value);
        }
        return values;
    }
}
