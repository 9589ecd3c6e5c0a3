package org.sqltune.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.SqlExecutionException.Kind;

class SqliteExecutorTest {
    @TempDir
    Path folder;

    private Path file;
    private SqliteExecutor executor;

    @BeforeEach
    void openDatabase() {
        file = TestDatabases.create(
                folder.resolve("pets.sqlite"),
                "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT, weight REAL, photo BLOB)",
                "INSERT INTO pet VALUES (1, 'Zoë', 3.5, x'CAFE'), (2, '猫', NULL, NULL), (3, 'a;b', 4.0, x'')");
        executor = SqliteExecutor.open(file, QueryLimits.DEFAULTS);
    }

    @AfterEach
    void closeDatabase() {
        executor.close();
    }

    @Test
    void valuesComeAsLongDoubleStringBytesAndNull() {
        QueryResult result = executor.execute("SELECT id, name, weight, photo AS picture FROM pet ORDER BY id");
        assertThat(result.columns()).containsExactly("id", "name", "weight", "picture");
        assertThat(result.truncated()).isFalse();
        assertThat(result.rows().get(0)).containsExactly(1L, "Zoë", 3.5, new byte[] {(byte) 0xCA, (byte) 0xFE});
        assertThat(result.rows().get(1)).isEqualTo(Arrays.asList(2L, "猫", null, null));
    }

    @Test
    void anIntegerBeyond32BitsIsWhole() {
        assertThat(executor.execute("SELECT 9223372036854775807").rows()).containsExactly(List.of(Long.MAX_VALUE));
    }

    @Test
    void anEmptyResultKeepsItsColumns() {
        QueryResult result = executor.execute("SELECT name FROM pet WHERE id > 9");
        assertThat(result.rows()).isEmpty();
        assertThat(result.columns()).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM pet;",
                "SELECT count(*) FROM pet ; ; -- that's all; really",
                "; SELECT count(*) FROM pet",
                "-- one; two\nSELECT count(*) FROM pet /* ; DROP TABLE pet */",
                "WITH p AS (SELECT * FROM pet) SELECT count(*) FROM p",
                "SELECT count(*) FROM pet WHERE name <> ';' AND name <> 'it''s; x'",
                "values (3)"
            })
    void oneQueryRunsWhateverSurroundsIt(String sql) {
        assertThat(executor.execute(sql).rows()).containsExactly(List.of(3L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                "SELECT 1; DROP TABLE pet",
                "SELECT 1 /* ; */ ; /* hidden */ DELETE FROM pet",
                "SELECT ';' ; -- comment\n DROP TABLE pet",
                "SELECT 1;'"
            })
    void aSecondStatementIsRefused(String sql) {
        assertThat(kindOf(sql)).isEqualTo(Kind.SEVERAL_STATEMENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ; -- nothing",
                "DELETE FROM pet",
                "UPDATE pet SET name = 'x'",
                "INSERT INTO pet(id) VALUES (9) RETURNING id",
                "DROP TABLE pet",
                "CREATE TEMP TABLE t (a)",
                "ATTACH DATABASE 'other.sqlite' AS other",
                "PRAGMA writable_schema = ON",
                "PRAGMA table_info(pet)",
                "VACUUM INTO 'copy.sqlite'",
                "EXPLAIN SELECT 1",
                "BEGIN",
                "backup to copy.sqlite",
                "restore from copy.sqlite",
                "I would write: SELECT 1",
                "WITH p AS (SELECT 1) DELETE FROM pet RETURNING id"
            })
    void whatIsNoQueryIsRefused(String sql) throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThat(kindOf(sql)).isEqualTo(Kind.NOT_A_QUERY);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(folder).isDirectoryContaining(each -> each.equals(file));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT FROM pet            | SYNTAX         | near \"FROM\": syntax error",
                "SELECT 'abc                | SYNTAX         | unrecognized token: \"'abc\"",
                "SELECT                     | SYNTAX         | incomplete input",
                "SELECT nope FROM pet       | NO_SUCH_COLUMN | no such column: nope",
                "SELECT 1 FROM nope         | NO_SUCH_TABLE  | no such table: nope",
                "SELECT nope(1)             | INVALID        | no such function: nope",
                "SELECT sum(max(id)) FROM pet | INVALID      | misuse of aggregate function max()",
                "SELECT load_extension('x') | INVALID        | not authorized"
            })
    void failuresHaveAKindAndTheDatabasesOwnWords(String sql, Kind kind, String message) {
        SqlExecutionException failure = catchThrowableOfType(SqlExecutionException.class, () -> executor.execute(sql));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage(message);
    }

    @Test
    void aNulCharacterCannotHideATail() {
        assertThat(kindOf("SELECT 1\0; DROP TABLE pet")).isEqualTo(Kind.SYNTAX);
    }

    @Test
    void aFailureLeavesTheNextQueryUnharmed() {
        assertThat(kindOf("SELECT nope FROM pet")).isEqualTo(Kind.NO_SUCH_COLUMN);
        assertThat(executor.execute("SELECT 1").rows()).containsExactly(List.of(1L));
    }

    @Test
    void aPathMayHoldAnyCharacter() {
        Path odd = TestDatabases.create(folder.resolve("a b?c#d%20é").resolve("x?y.sqlite"), "CREATE TABLE t (a)");
        try (SqliteExecutor other = SqliteExecutor.open(odd, QueryLimits.DEFAULTS)) {
            assertThat(other.execute("SELECT count(*) FROM t").rows()).containsExactly(List.of(0L));
        }
    }

    @Test
    void aFileOfAnotherKindIsReportedOnOpening() throws IOException {
        Path text = folder.resolve("text.sqlite");
        Files.write(text, "this is no database, it only has the name".repeat(50).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> SqliteExecutor.open(text, QueryLimits.DEFAULTS))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE_DATABASE))
                .hasMessageContaining("text.sqlite")
                .hasMessageContaining("not a database");
    }

    @Test
    void aMissingFileIsNotCreated() {
        Path none = folder.resolve("none.sqlite");
        assertThatThrownBy(() -> SqliteExecutor.open(none, QueryLimits.DEFAULTS))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISSING_DATABASE));
        assertThat(none).doesNotExist();
    }

    private Kind kindOf(String sql) {
        return catchThrowableOfType(SqlExecutionException.class, () -> executor.execute(sql))
                .kind();
    }
}
