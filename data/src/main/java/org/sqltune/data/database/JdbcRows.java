package org.sqltune.data.database;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL's rows: numbers and booleans, and everything else as the server's text. */
final class JdbcRows implements ValueSampler.RowReader<SQLException> {
    private static final Set<String> NUMBERS =
            Set.of("int2", "int4", "int8", "float4", "float8", "numeric", "oid", "smallserial", "serial", "bigserial");

    /** PostgreSQL's name of {@code char(n)}, whose values are padded with meaningless blanks. */
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
        return true;
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
