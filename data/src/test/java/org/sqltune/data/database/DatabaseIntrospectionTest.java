package org.sqltune.data.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.prompt.SchemaSerializer;

class DatabaseIntrospectionTest {
    @TempDir
    private Path folder;

    @Test
    void typesKeysAndValuesAreReadFromSqlite() throws Exception {
        Path file = database(
                "CREATE TABLE city (id INTEGER PRIMARY KEY, name VARCHAR(20), photo BLOB)",
                "CREATE TABLE person (name TEXT, home INTEGER REFERENCES city(id))",
                "INSERT INTO city VALUES (1, 'Rom', x'00'), (2, 'Rom', NULL), (3, 'Oslo', NULL), (4, 'Bonn', NULL)",
                "INSERT INTO city VALUES (5, '" + "x".repeat(100) + "', NULL)");

        Schema schema = new DatabaseIntrospection(2).read(file.toString());

        assertThat(schema.databaseId()).isEqualTo("mine");
        assertThat(schema.tables().get(0).columns())
                .containsExactly(
                        new Column("id", "integer", true, "", List.of("1", "2")),
                        new Column("name", "varchar(20)", false, "", List.of("Rom", "Oslo")),
                        new Column("photo", "blob", false));
        assertThat(schema.foreignKeys()).containsExactly(new ForeignKey("person", "home", "city", "id"));
        assertThat(new DatabaseIntrospection(0).read("jdbc:sqlite:" + file))
                .extracting(read -> read.tables().get(0).columns().get(0).samples())
                .isEqualTo(List.of());
    }

    @Test
    void sqlCommentsBehindColumnsAreTheirComments() throws Exception {
        Path file = database("""
                CREATE TABLE crew ( -- who sails
                  id INTEGER,
                  "home,port" TEXT DEFAULT '--no comment', -- where they
                  -- the next one
                  years REAL /* years
                    at sea */, age INT, -- in years
                  PRIMARY KEY (id) -- the key
                ) /* the table */""");

        Schema schema = new DatabaseIntrospection(0).read(file.toString());

        assertThat(schema.tables().get(0).columns())
                .extracting(Column::comment)
                .containsExactly("", "where they", "years at sea", "in years");
    }

    @Test
    void hostileNamesComeThroughAndAreQuoted() throws Exception {
        Path file = database(
                "CREATE TABLE \"order\" (\"select\" INT, \"it's \"\"quoted\"\"\" TEXT, \"with space\" TEXT, \"; DROP TABLE x; --\" TEXT)",
                "INSERT INTO \"order\" VALUES (1, 'a', 'b', 'c')");

        Schema schema = new DatabaseIntrospection(3).read(file.toString());

        assertThat(schema.tables().get(0).columns())
                .extracting(Column::name)
                .containsExactly("select", "it's \"quoted\"", "with space", "; DROP TABLE x; --");
        assertThat(schema.tables().get(0).columns())
                .extracting(Column::samples)
                .containsExactly(List.of("1"), List.of("a"), List.of("b"), List.of("c"));
        try (Connection copy = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = copy.createStatement()) {
            statement.execute(new SchemaSerializer(SchemaFormat.CREATE_TABLE).serialize(schema));
        }
    }

    @Test
    void tenThousandColumnsAreRead() throws Exception {
        String[] tables = IntStream.range(0, 5)
                .mapToObj(table -> IntStream.range(0, 2_000)
                        .mapToObj(column -> "\"column " + column + "\" INT")
                        .collect(Collectors.joining(", ", "CREATE TABLE t" + table + " (", ")")))
                .toArray(String[]::new);
        Path file = database(tables);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO t4 (\"column 1999\") VALUES (7)");
        }

        Schema schema = new DatabaseIntrospection(1).read(file.toString());

        assertThat(schema.tables())
                .hasSize(5)
                .allSatisfy(table -> assertThat(table.columns()).hasSize(2_000));
        assertThat(schema.tables().get(4).columns().get(1_999).samples()).containsExactly("7");
    }

    @Test
    void aDatabaseThatAnotherProcessHasLockedIsNamedSo() throws Exception {
        Path file = database("CREATE TABLE t (a INT)");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.equals("locked")) {
                line = said.readLine();
            }
            assertThat(line).isEqualTo("locked");

            assertThatThrownBy(() -> new DatabaseIntrospection(1).read(file.toString()))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining(file + " is locked by another process");
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void whatIsNoDatabaseIsNamed() throws Exception {
        Path text =
                Files.writeString(folder.resolve("text.sqlite"), "this is no database at all, but it is long enough");
        Path empty = database();
        DatabaseIntrospection introspection = new DatabaseIntrospection(0);

        assertThatThrownBy(() -> introspection.read(text.toString())).hasMessageContaining("as an SQLite database");
        assertThatThrownBy(() -> introspection.read(empty.toString())).hasMessageContaining("has no tables");
        assertThatThrownBy(() -> introspection.read("nowhere.sqlite")).hasMessageContaining("No database file");
        assertThatThrownBy(() -> introspection.read("jdbc:oracle:thin:@x?password=secret"))
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("secret");
    }

    private Path database(String... statements) throws SQLException {
        Path file = folder.resolve("mine.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 1");
            for (String each : statements) {
                statement.execute(each);
            }
        }
        return file;
    }
}
