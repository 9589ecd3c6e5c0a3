package org.sqltune.data.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.worker.ForeignDatabase;

/** Files that nobody has read: they cost their own process, and a limited time. */
class ForeignFilesTest {
    /** One call of SQLite's {@code instr} that takes minutes. */
    private static final String MINUTES =
            "instr(CAST(zeroblob(900000) AS TEXT) || hex(zeroblob(400000)), hex(zeroblob(399999)) || '1' || id)";

    @TempDir
    private Path folder;

    /** Their structure is read by a few queries, whatever their number. */
    @Test
    void manyTablesAreReadByFewQueries() throws SQLException {
        Path file = folder.resolve("many.sqlite");
        try (Connection connection = open(file);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 300; i++) {
                statement.executeUpdate("CREATE TABLE t" + i + " (id INTEGER PRIMARY KEY, parent REFERENCES t0)");
            }
            connection.commit();
        }
        Schema schema = new DatabaseIntrospection(0).read(file.toString());
        assertThat(schema.tables()).hasSize(300);
        assertThat(schema.foreignKeys()).hasSize(300);
    }

    @Test
    void aLimitIsSaidWithTheDatabaseAndTheRemedy() throws SQLException {
        Path file = folder.resolve("shop.sqlite");
        make(file, "CREATE TABLE a (id INTEGER)");
        try (ForeignDatabase foreign = ForeignDatabase.of(file, Duration.ofNanos(1));
                Connection connection = foreign.structure()) {
            assertThatThrownBy(() -> new SchemaReader().read(connection, "shop"))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("Reading the tables of " + file + " was stopped after")
                    .hasMessageContaining("make a copy of the database with the tables that are asked about");
        }
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aGeneratedColumnThatTakesMinutesGoesWithoutSamples() throws SQLException {
        Path file = folder.resolve("slow.sqlite");
        make(
                file,
                "CREATE TABLE a (id INTEGER, name TEXT, slow GENERATED ALWAYS AS (" + MINUTES + "))",
                "INSERT INTO a (id, name) VALUES (1, 'Ada')");
        Schema schema = new DatabaseIntrospection(2).read(file.toString());
        assertThat(schema.tables().get(0).columns().get(1).samples()).containsExactly("Ada");
        assertThat(schema.tables().get(0).columns().get(2).samples()).isEmpty();
    }

    @Test
    void damagedPagesCostTheirTableOnlyOrAreALine() throws SQLException, IOException {
        Path file = folder.resolve("damaged.sqlite");
        make(
                file,
                "CREATE TABLE a (id INTEGER, name TEXT)",
                "CREATE TABLE b (id INTEGER, name TEXT)",
                "INSERT INTO a VALUES (1, 'Ada')",
                "INSERT INTO b VALUES (1, 'Bo')");
        byte[] whole = Files.readAllBytes(file);
        int page = 4096;
        for (int damaged = 0; damaged < whole.length / page; damaged++) {
            Path copy = Files.write(folder.resolve("copy" + damaged + ".sqlite"), whole);
            try (RandomAccessFile pages = new RandomAccessFile(copy.toFile(), "rw")) {
                pages.seek((long) damaged * page + (damaged == 0 ? 100 : 0));
                pages.write(new byte[200]);
            }
            try {
                Schema schema = new DatabaseIntrospection(2).read(copy.toString());
                assertThat(schema.tables()).hasSize(2);
            } catch (SqlTuneException e) {
                assertThat(e.getMessage()).contains(copy.toString()).doesNotContain("\n");
            }
        }
    }

    /** A value is limited to a megabyte: the column of larger ones goes without samples, the others don't. */
    @Test
    void hugeValuesGoWithoutSamples() throws SQLException {
        Path file = folder.resolve("huge.sqlite");
        make(
                file,
                "CREATE TABLE a (name TEXT, picture BLOB)",
                "INSERT INTO a VALUES ('Ada', zeroblob(3000000)), ('Bo', zeroblob(10))");
        Schema schema = new DatabaseIntrospection(2).read(file.toString());
        assertThat(schema.tables().get(0).columns().get(0).samples()).containsExactly("Ada", "Bo");
        assertThat(schema.tables().get(0).columns().get(1).samples()).isEmpty();
    }

    @Test
    void namesThatLookLikeSqlAreNamesOnly() throws SQLException {
        Path file = folder.resolve("names.sqlite");
        make(file, "CREATE TABLE \"a'); DROP TABLE b; --?\" (\"c'?\" TEXT)", "CREATE TABLE b (id INTEGER)");
        Schema schema = new DatabaseIntrospection(1).read(file.toString());
        assertThat(schema.tables()).extracting("name").containsExactly("a'); DROP TABLE b; --?", "b");
        assertThat(schema.tables().get(0).columns().get(0).name()).isEqualTo("c'?");
    }

    private static void make(Path file, String... statements) throws SQLException {
        try (Connection connection = open(file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
