package org.sqltune.core.sql.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;

/**
 * A JDBC view of an executor, so that readers of a connection can read in another process, too: queries with texts as
 * parameters, and rows forwards. Whatever else JDBC has throws {@link SQLFeatureNotSupportedException}.
 */
final class QueryingConnection {
    private QueryingConnection() {}

    static Connection over(SqlExecutor executor) {
        return proxy(Connection.class, (method, arguments) -> switch (method) {
            case "createStatement" -> statement(Statement.class, executor, "");
            case "prepareStatement" -> statement(PreparedStatement.class, executor, String.valueOf(arguments[0]));
            case "isClosed" -> false;
            case "isReadOnly" -> true;
            case "close" -> null;
            default -> throw new SQLFeatureNotSupportedException("Connection." + method);
        });
    }

    private static <T extends Statement> T statement(Class<T> type, SqlExecutor executor, String prepared) {
        Map<Integer, String> parameters = new TreeMap<>();
        return proxy(type, (method, arguments) -> switch (method) {
            case "setString" -> {
                parameters.put((Integer) arguments[0], String.valueOf(arguments[1]));
                yield null;
            }
            case "executeQuery" ->
                rows(run(executor, arguments.length == 0 ? bound(prepared, parameters) : (String) arguments[0]));
            case "close" -> null;
            default -> throw new SQLFeatureNotSupportedException("Statement." + method);
        });
    }

    private static QueryResult run(SqlExecutor executor, String sql) throws SQLException {
        try {
            return executor.execute(sql);
        } catch (SqlExecutionException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /** Our own statements have question marks for parameters only. */
    private static String bound(String sql, Map<Integer, String> parameters) throws SQLException {
        StringBuilder bound = new StringBuilder();
        int number = 0;
        for (char character : sql.toCharArray()) {
            if (character != '?') {
                bound.append(character);
                continue;
            }
            String value = parameters.get(++number);
            if (value == null) {
                throw new SQLException("the parameter " + number + " has no value");
            }
            bound.append('\'').append(value.replace("'", "''")).append('\'');
        }
        return bound.toString();
    }

    private static ResultSet rows(QueryResult result) {
        int[] position = {-1};
        return proxy(ResultSet.class, (method, arguments) -> switch (method) {
            case "next" -> ++position[0] < result.rows().size();
            case "getString" -> text(value(result, position[0], arguments));
            case "getInt" -> (int) number(value(result, position[0], arguments));
            case "getLong" -> number(value(result, position[0], arguments));
            case "getObject" -> value(result, position[0], arguments);
            case "getMetaData" -> metadata(result.columns());
            case "close" -> null;
            default -> throw new SQLFeatureNotSupportedException("ResultSet." + method);
        });
    }

    private static ResultSetMetaData metadata(List<String> columns) {
        return proxy(ResultSetMetaData.class, (method, arguments) -> switch (method) {
            case "getColumnCount" -> columns.size();
            case "getColumnLabel", "getColumnName" -> columns.get((Integer) arguments[0] - 1);
            default -> throw new SQLFeatureNotSupportedException("ResultSetMetaData." + method);
        });
    }

    private static @Nullable Object value(QueryResult result, int row, Object... arguments) throws SQLException {
        if (row < 0 || row >= result.rows().size()) {
            throw new SQLException("there is no row");
        }
        return result.rows().get(row).get((Integer) arguments[0] - 1);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    /** What one method does. */
    @FunctionalInterface
    private interface Action {
        @Nullable
        Object call(String method, Object... arguments) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Action action) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(type, proxy, method, arguments);
            }
            Object[] given = arguments == null ? new Object[0] : arguments;
            return action.call(method.getName(), given);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object ofObject(Class<?> type, Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && proxy == arguments[0];
            default -> type.getSimpleName() + " of a worker process";
        };
    }
}
