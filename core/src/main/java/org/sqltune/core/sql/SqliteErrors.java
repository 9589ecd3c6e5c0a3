package org.sqltune.core.sql;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/** Maps SQLite's errors to kinds, and extracts SQLite's message from the driver's. */
final class SqliteErrors {
    /** {@code [CODE] the code's meaning (the message)}. */
    private static final Pattern WRAPPED = Pattern.compile("\\[\\w+] .*? \\((.*)\\)", Pattern.DOTALL);

    private SqliteErrors() {}

    static SqlExecutionException translate(SQLException error) {
        String message = message(error);
        return new SqlExecutionException(kind(error, message), message, error);
    }

    static String message(SQLException error) {
        String whole = String.valueOf(error.getMessage());
        Matcher wrapped = WRAPPED.matcher(whole);
        return (wrapped.matches() ? wrapped.group(1) : whole).replaceAll("\\s+", " ");
    }

    private static Kind kind(SQLException error, String message) {
        if (!(error instanceof SQLiteException sqlite)) {
            return Kind.INVALID;
        }
        // Databases are only read: what can't be written is a file for the query's sorting that grew beyond its limit.
        if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_WRITE) {
            return Kind.TOO_LARGE;
        }
        SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff);
        return switch (primary) {
            case SQLITE_TOOBIG, SQLITE_NOMEM, SQLITE_FULL -> Kind.TOO_LARGE;
            case SQLITE_READONLY, SQLITE_AUTH, SQLITE_PERM -> Kind.NOT_A_QUERY;
            case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_BUSY, SQLITE_LOCKED ->
                Kind.UNREADABLE_DATABASE;
            default -> ofMessage(message);
        };
    }

    private static Kind ofMessage(String message) {
        if (message.startsWith("no such table")) {
            return Kind.NO_SUCH_TABLE;
        }
        if (message.startsWith("no such column")) {
            return Kind.NO_SUCH_COLUMN;
        }
        boolean syntax = message.contains("syntax error")
                || message.startsWith("unrecognized token")
                || message.equals("incomplete input");
        return syntax ? Kind.SYNTAX : Kind.INVALID;
    }
}
