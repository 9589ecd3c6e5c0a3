package org.sqltune.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/** What is refused before SQLite sees it, how SQLite's refusals are told apart, and what results and limits hold. */
class SqlRefusalsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "; ; SELECT 1 ; -- end | SELECT 1",
                "/* a */ SELECT /* b */ 1 /* c */ | SELECT /* b */ 1",
                "values(1) | values(1)",
                "SELECT padl FROM t | SELECT padl FROM t",
                "SELECT padl.a, (1) FROM padl | SELECT padl.a, (1) FROM padl",
                "SELECT 'padl(' | SELECT 'padl('"
            })
    void theQueryIsWhatStandsBetweenItsFirstAndItsLastToken(String sql, String query) {
        assertThat(SingleQuery.of(sql)).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "; | NOT_A_QUERY | the SQL is empty",
                "; DELETE FROM t ; SELECT 1 | NOT_A_QUERY | not a query: DELETE FROM t ; SELECT 1",
                "12345678 1 2345678 2 2345678 3 2345678 4 | NOT_A_QUERY | not a query: 12345678 1 2345678 2 2345678 3 2345678 4",
                "12345678 1 2345678 2 2345678 3 2345678 45 | NOT_A_QUERY | not a query: 12345678 1 2345678 2 2345678 3 2345678 4",
                "SELECT 1; ; 'x' | SEVERAL_STATEMENTS | a second statement follows the first, at 'x'",
                "SELECT PadL ('x', 9) | INVALID | no such function: padl",
                "SELECT [padr](1) | INVALID | no such function: padr",
                "SELECT 1 WHERE `replicate`/**/('x') | INVALID | no such function: replicate",
                "SELECT padc(1), replicate(2) | INVALID | no such function: padc"
            })
    void whatIsRefusedBeforeSqliteSeesItIsSaidInOneLine(String sql, Kind kind, String message) {
        SqlExecutionException refused = catchThrowableOfType(SqlExecutionException.class, () -> SingleQuery.of(sql));
        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_TOOBIG, TOO_LARGE",
        "SQLITE_NOMEM, TOO_LARGE",
        "SQLITE_FULL, TOO_LARGE",
        "SQLITE_IOERR_WRITE, TOO_LARGE",
        "SQLITE_READONLY, NOT_A_QUERY",
        "SQLITE_READONLY_DBMOVED, NOT_A_QUERY",
        "SQLITE_AUTH, NOT_A_QUERY",
        "SQLITE_PERM, NOT_A_QUERY",
        "SQLITE_NOTADB, UNREADABLE_DATABASE",
        "SQLITE_CORRUPT, UNREADABLE_DATABASE",
        "SQLITE_CANTOPEN, UNREADABLE_DATABASE",
        "SQLITE_IOERR_READ, UNREADABLE_DATABASE",
        "SQLITE_BUSY_SNAPSHOT, UNREADABLE_DATABASE",
        "SQLITE_LOCKED, UNREADABLE_DATABASE",
        "SQLITE_ERROR, INVALID",
        "SQLITE_MISMATCH, INVALID"
    })
    void sqlitesCodesAreToldApartExtendedOnesByTheirPrimary(SQLiteErrorCode code, Kind kind) {
        SQLiteException error = new SQLiteException(code + " (so it is)", code);
        assertThat(SqliteErrors.translate(error).kind()).isEqualTo(kind);
        assertThat(SqliteErrors.translate(error)).hasMessage("so it is").hasCause(error);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '|',
            value = {
                "no such table: a | NO_SUCH_TABLE",
                "there is no such table | INVALID",
                "no such column: a | NO_SUCH_COLUMN",
                "near \"FROM\": syntax error | SYNTAX",
                "unrecognized token: \"'\" | SYNTAX",
                "incomplete input | SYNTAX",
                "incomplete inputs | INVALID"
            })
    void aPlainErrorIsToldApartByItsWords(String message, Kind kind) {
        SQLiteException error =
                new SQLiteException("[SQLITE_ERROR] SQL error (" + message + ")", SQLiteErrorCode.SQLITE_ERROR);
        assertThat(SqliteErrors.translate(error).kind()).isEqualTo(kind);
        assertThat(SqliteErrors.translate(new SQLException(message)).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void aMessageLosesTheDriversWrappingAndItsLineBreaksOnly() {
        assertThat(SqliteErrors.message(new SQLException("[SQLITE_ERROR] SQL error or (x) (near \"(\": a\n  b (c))")))
                .isEqualTo("x) (near \"(\": a b (c)");
        assertThat(SqliteErrors.message(new SQLException("[SQLITE_ERROR] no wrapping")))
                .isEqualTo("[SQLITE_ERROR] no wrapping");
        assertThat(SqliteErrors.message(new SQLException("a\r\n\tb"))).isEqualTo("a b");
        assertThat(SqliteErrors.message(new SQLException((String) null))).isEqualTo("null");
    }

    @Test
    void aResultCountsItsHeapByValuesAndTheirLengths() {
        List<List<Object>> rows = List.of(Arrays.asList(1L, null, 2.5), Arrays.asList("abc", "", new byte[7]));
        assertThat(new QueryResult(List.of("a", "b", "c"), rows, false).heapBytes())
                .isEqualTo(6 * 32 + 2 * 3 + 7);
        assertThat(new QueryResult(List.of("a"), List.of(), true).heapBytes()).isZero();
    }

    @Test
    void aResultDoesNotChangeWithTheListsItCameIn() {
        List<String> columns = new ArrayList<>(List.of("a"));
        List<List<Object>> rows = new ArrayList<>(List.of(new ArrayList<>(List.of(1L))));
        QueryResult result = new QueryResult(columns, rows, false);
        columns.clear();
        rows.clear();
        assertThat(result.columns()).containsExactly("a");
        assertThat(result.rows()).containsExactly(List.of(1L));
        assertThatThrownBy(() -> result.rows().get(0).set(0, 2L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void everyLimitIsAtLeastOne() {
        Duration nano = Duration.ofNanos(1);
        assertThat(new QueryLimits(nano, 1, 1, 1, 1).with(1e-9, 1)).isEqualTo(new QueryLimits(nano, 1, 1, 1, 1));
        for (int zero = 0; zero < 4; zero++) {
            int[] limits = {1, 1, 1, 1};
            limits[zero] = 0;
            assertThatThrownBy(() -> new QueryLimits(nano, limits[0], limits[1], limits[2], limits[3]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("every limit must be at least 1");
        }
        assertThatThrownBy(() -> new QueryLimits(nano.negated(), 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it must be above 0");
        assertThatThrownBy(() -> QueryLimits.DEFAULTS.with(4e-10, 1)).hasMessageContaining("timeout is PT0S");
    }
}
