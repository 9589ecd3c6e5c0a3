package org.sqltune.synthesis.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.CRC32;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;

/** The five demo databases: SQL scripts in the jar, from which SQLite files are made on demand. */
public final class DemoDatabases {
    /** Their ids, as in {@code db_id}. */
    public static final List<String> IDS = List.of("ecommerce", "finance", "healthcare", "retail", "saas");

    private final Path folder;

    /** @param folder the folder of the SQLite files: {@code <folder>/<db_id>/<db_id>.sqlite}, like Spider */
    public DemoDatabases(Path folder) {
        this.folder = folder;
    }

    /** Returns the folder of all databases. */
    public Path folder() {
        return folder;
    }

    /** Returns a database's file, which exists after {@link #materialise}. */
    public Path file(String databaseId) {
        return folder.resolve(databaseId).resolve(databaseId + ".sqlite");
    }

    /**
     * Writes the SQLite files that are missing or come from another version of their script, each atomically.
     *
     * @throws SqlTuneException if the folder can't be written to
     */
    public void materialise() {
        for (String id : IDS) {
            String script = script(id);
            if (!isWhole(file(id), script)) {
                byte[] database = build(id, script);
                AtomicFiles.write(file(id), out -> out.write(database));
            }
        }
    }

    /**
     * Reads a database's schema from its file.
     *
     * @throws SqlTuneException if there is no such file
     */
    public Schema schema(String databaseId) {
        try (Connection connection = open(databaseId)) {
            return new SchemaReader().read(connection, databaseId);
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "Can't read " + file(databaseId) + ": " + e.getMessage() + ". Delete it to have it made again", e);
        }
    }

    /**
     * Opens a database's file, read-only.
     *
     * @throws SQLException if it can't be opened
     */
    Connection open(String databaseId) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + file(databaseId));
    }

    /** Returns the SQL script that creates a database. */
    public static String script(String databaseId) {
        return resource(databaseId + ".sql");
    }

    /**
     * Writes the scripts as {@code <target>/<db_id>.sql}.
     *
     * @return the files written
     * @throws SqlTuneException if one can't be written
     */
    public static List<Path> writeScripts(Path target) {
        return IDS.stream()
                .map(id -> {
                    Path file = target.resolve(id + ".sql");
                    AtomicFiles.writeString(file, script(id));
                    return file;
                })
                .toList();
    }

    static String resource(String name) {
        try (InputStream in = DemoDatabases.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The demo file " + name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds the database in memory, so that the file can be written atomically. */
    private static byte[] build(String id, String script) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN");
            statement.executeUpdate(script);
            statement.executeUpdate("PRAGMA user_version = " + version(script));
            statement.executeUpdate("COMMIT");
            return connection.unwrap(SQLiteConnection.class).serialize("main");
        } catch (SQLException e) {
            throw new IllegalStateException("The script of demo database " + id + " is broken", e);
        }
    }

    private static boolean isWhole(Path file, String script) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() && row.getInt(1) == version(script);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Returns a number that identifies the script; SQLite stores it in the file's header. */
    private static int version(String script) {
        CRC32 checksum = new CRC32();
        checksum.update(script.getBytes(StandardCharsets.UTF_8));
        return (int) (checksum.getValue() & Integer.MAX_VALUE);
    }
}
