package org.sqltune.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.postgres.SqliteFiles;
import org.sqltune.postgres.schema.PostgresSchema.PostgresColumn;

/** A column's type in PostgreSQL: the declared one where every value is of it, else one that holds them all. */
class ColumnTypingTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // Declared | values | type | kind | widened
                "INTEGER        | 1, 2, NULL              | int           | INTEGER   | false",
                "INT            | 5000000000              | bigint        | BIGINT    | false",
                "BIGINT         | 1                       | bigint        | BIGINT    | false",
                "TINYINT(1)     | 0, 1                    | int           | INTEGER   | false",
                "INTEGER        | -2147483648, 2147483647 | int           | INTEGER   | false",
                "INTEGER        | 2147483648              | bigint        | BIGINT    | false",
                "INTEGER        | 1.5, 2                  | double precision | NUMERIC | true",
                "INTEGER        | 'x'                     | text          | TEXT      | true",
                "INTEGER        | 'x', 1                  | text          | MIXED     | true",
                "REAL           | 1, 2.5                  | double precision | REAL    | false",
                "FLOAT          | 3                       | double precision | REAL    | false",
                "DOUBLE         | NULL                    | double precision | REAL    | false",
                "DECIMAL(6,2)   | 1.25, 2                 | numeric(6, 2) | NUMERIC   | false",
                "DECIMAL(6,2)   | 1.255, 2                | numeric       | NUMERIC   | false",
                "DECIMAL(4,2)   | 1234.5                  | numeric       | REAL      | false",
                "DECIMAL(6,0)   | 12                      | int           | INTEGER   | false",
                "NUMBER(10)     | 12                      | int           | INTEGER   | false",
                "NUMERIC        | 12                      | numeric       | WHOLE     | false",
                "DECIMAL(2000,1)| 1.5                     | numeric       | REAL      | false",
                "TEXT           | 'a'                     | text          | TEXT      | false",
                "TEXT           | NULL                    | text          | TEXT      | false",
                "VARCHAR(3)     | 'abc'                   | varchar(3)    | TEXT      | false",
                "VARCHAR(3)     | 'abcd'                  | text          | TEXT      | false",
                "VARCHAR(3)     | 'äöü'                   | varchar(3)    | TEXT      | false",
                "CHAR(0)        | 'x'                     | text          | TEXT      | false",
                "VARCHAR(99999999999) | 'x'               | text          | TEXT      | false",
                "BOOLEAN        | 0, 1, NULL              | boolean       | BOOLEAN   | false",
                "BOOLEAN        | 0, 2                    | int           | INTEGER   | false",
                "BOOL           | NULL                    | boolean       | BOOLEAN   | false",
                "BOOLEAN        | 'true'                  | text          | TEXT      | true",
                "DATE           | '2014-02-28'            | date          | DATE      | false",
                "DATE           | '2014-02-30'            | text          | TEXT      | true",
                "DATE           | '28.02.2014'            | text          | TEXT      | true",
                "DATE           | '2014-02-28', 'never'   | text          | TEXT      | true",
                "DATE           | NULL                    | date          | DATE      | false",
                "DATE           | 2014                    | int           | INTEGER   | false",
                "DATETIME       | '2014-02-28 10:00:00'   | timestamp     | TIMESTAMP | false",
                "DATETIME       | '2014-02-28'            | date          | DATE      | false",
                "TIMESTAMP      | '2014-02-28 10:00'      | text          | TEXT      | true",
                "TIMESTAMP      | NULL                    | timestamp     | TIMESTAMP | false",
                "TEXT           | '2014-02-28'            | text          | TEXT      | false",
                "BLOB           | x'00ff'                 | bytea         | BLOB      | false",
                "BLOB           | x'00', 1                | text          | MIXED     | true",
                "BLOB           | x'00', 'a'              | text          | MIXED     | true",
                "NONSENSE       | 1, 2                    | int           | INTEGER   | false",
                "\"\"             | 'a', 1                  | text          | MIXED     | true"
            })
    void theTypeHoldsEveryValue(String declared, String values, String type, ValueKind kind, boolean widened) {
        PostgresSchema converted = convert(declared, values);
        PostgresColumn column = column(converted);

        assertThat(column.type().getCastTypeName(Postgres.writer().configuration()))
                .isEqualToIgnoringCase(type);
        assertThat(column.kind()).isEqualTo(kind);
        assertThat(converted.widenedColumns().contains("t.c")).isEqualTo(widened);
    }

    @Test
    void aColumnIsNullableIfItHoldsANull() {
        assertThat(column("TEXT", "'a', NULL").nullable()).isTrue();
        assertThat(column("TEXT", "'a', 'b'").nullable()).isFalse();
    }

    @Test
    void whatItsTextsAreIsKnown() {
        assertThat(column("TEXT", "'1', '20'").facts()).isEqualTo(new TextFacts(true, false, true, false));
        assertThat(column("TEXT", "'01', '2'").facts()).isEqualTo(new TextFacts(true, false, false, false));
        assertThat(column("TEXT", "'a', 'b'").facts()).isEqualTo(new TextFacts(false, true, true, false));
        assertThat(column("TEXT", "'2014-02-28'").facts().moments()).isTrue();
        assertThat(column("INTEGER", "1").facts()).isEqualTo(TextFacts.UNKNOWN);
    }

    @Test
    void aPrimaryKeyOfSeveralColumnsStaysOne() {
        Path file = SqliteFiles.make(folder, "keys", "CREATE TABLE t (a TEXT, b INT, c INT, PRIMARY KEY (b, a))");

        assertThat(new SchemaConverter().convert(file).table("T").orElseThrow().primaryKey())
                .containsExactlyInAnyOrder("a", "b");
    }

    private PostgresColumn column(String declared, String values) {
        return column(convert(declared, values));
    }

    private static PostgresColumn column(PostgresSchema converted) {
        return converted.table("t").orElseThrow().columns().get(0);
    }

    private PostgresSchema convert(String declared, String values) {
        String rows = "(" + String.join("), (", values.split("\\s*,\\s*")) + ")";
        String script = "CREATE TABLE t (c " + declared + ");\nINSERT INTO t VALUES " + rows;
        return new SchemaConverter()
                .convert(SqliteFiles.make(folder.resolve(Long.toString(System.nanoTime())), "x", script));
    }
}
