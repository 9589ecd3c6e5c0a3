package org.sqltune.data.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.worker.ForeignDatabase;
import org.sqltune.core.text.Secrets;

/**
 * Reads the schema of an SQLite file or a PostgreSQL server: tables, then views. Never writes to either. Reading may
 * take {@link ForeignDatabase#TIME}; an SQLite file is read in a separate process, and a server has 30 seconds per
 * statement. Large values aren't read.
 */
public final class DatabaseIntrospection {
    private static final Logger log = LoggerFactory.getLogger(DatabaseIntrospection.class);
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRES = "jdbc:postgresql:";

    private final int sampleValues;
    private final Duration time;

    /** @param sampleValues the maximal number of sample values per column; 0 reads no rows */
    public DatabaseIntrospection(int sampleValues) {
        this(sampleValues, ForeignDatabase.TIME);
    }

    /**
     * @param sampleValues the maximal number of sample values per column; 0 reads no rows
     * @param time the time limit for reading the structure, and again for reading values
     */
    public DatabaseIntrospection(int sampleValues, Duration time) {
        this.sampleValues = sampleValues;
        this.time = time;
    }

    /**
     * Reads a schema.
     *
     * @param database an SQLite file, or a JDBC URL of SQLite or PostgreSQL; the latter's search path, which {@code
     *     ?currentSchema=name} sets, determines the schemas to read; the log names the others
     * @throws SqlTuneException if the database doesn't exist, can't be opened, or has no tables
     */
    public Schema read(String database) {
        if (database.startsWith(POSTGRES)) {
            return postgres(database);
        }
        if (database.startsWith("jdbc:") && !database.startsWith(SQLITE)) {
            throw new SqlTuneException("Can't read " + Secrets.withoutSecrets(database)
                    + ": give an SQLite file or a URL that begins with " + POSTGRES);
        }
        return sqlite(Path.of(database.startsWith(SQLITE) ? database.substring(SQLITE.length()) : database));
    }

    /**
     * Passes a row reader of a database to {@code action}; it reads within limits and is valid until {@code action}
     * returns. A failing query returns false.
     *
     * @param database an SQLite file, or a JDBC URL of SQLite or PostgreSQL
     * @throws SqlTuneException if the database doesn't exist or can't be opened
     */
    public static void rows(String database, Consumer<ValueSampler.RowReader<RuntimeException>> action) {
        if (database.startsWith(POSTGRES)) {
            try (PostgresReading reading = PostgresReading.open(database, ForeignDatabase.TIME)) {
                action.accept(reading.rows());
            } catch (SQLException e) {
                throw unreachable(database, e);
            }
            return;
        }
        Path file = Path.of(database.startsWith(SQLITE) ? database.substring(SQLITE.length()) : database);
        try (ForeignDatabase foreign = ForeignDatabase.of(file)) {
            action.accept(new SqliteRows(foreign.values()));
        }
    }

    private Schema sqlite(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SqlTuneException("No database file " + file + ": name an SQLite file that exists");
        }
        try (ForeignDatabase foreign = ForeignDatabase.of(file, time);
                Connection connection = foreign.structure()) {
            Schema schema = SchemaReader.withViews().read(connection, nameOf(file));
            return told(
                    sampled(requireTables(DeclaredComments.in(schema, connection), file.toString()), file, foreign));
        } catch (SqlExecutionException e) {
            throw unreadable(file, e);
        } catch (SQLException e) {
            throw e.getCause() instanceof SqlExecutionException cause ? unreadable(file, cause) : unreadable(file, e);
        }
    }

    private static SqlTuneException unreadable(Path file, Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("is locked") || message.contains("SQLITE_BUSY")) {
            return new SqlTuneException(
                    file + " is locked by another process: wait until it has written, or copy the file", e);
        }
        if (message.startsWith("Can't read ")) {
            return new SqlTuneException(message, e); // The worker has named the file and the remedy.
        }
        return new SqlTuneException(
                "Can't read " + file + " as an SQLite database: " + message + ". Check the file", e);
    }

    private Schema postgres(String url) {
        try (PostgresReading reading = PostgresReading.open(url, time)) {
            return postgres(url, reading);
        } catch (SQLException e) {
            throw unreachable(url, e);
        }
    }

    private Schema postgres(String url, PostgresReading reading) throws SQLException {
        try {
            Schema schema = reading.structure(connection -> new PostgresCatalog(connection).read());
            return sampled(told(requireTables(schema, Secrets.withoutSecrets(url))), url, reading.rows());
        } catch (SQLException e) {
            if (reading.isStopped()) {
                throw new SqlTuneException(
                        "Reading the tables of " + Secrets.withoutSecrets(url) + " was stopped after "
                                + time.toMillis() / 1000.0 + " s; name a schema with fewer tables with"
                                + " ?currentSchema=…, or look what the server waits for in pg_stat_activity",
                        e);
            }
            throw e;
        }
    }

    private Schema sampled(Schema schema, String url, JdbcRows rows) {
        if (sampleValues == 0) {
            return schema;
        }
        Schema sampled = new ValueSampler<>(rows, sampleValues, JdbcRows::bounded).fill(schema);
        warnOfUnread(Secrets.withoutSecrets(url), rows.unread());
        return sampled;
    }

    private static SqlTuneException unreachable(String url, SQLException e) {
        return new SqlTuneException(
                "Can't read " + Secrets.withoutSecrets(url) + ": "
                        + String.valueOf(e.getMessage()).replace(url, Secrets.withoutSecrets(url))
                        + ". Check address, user and password, and that the server runs",
                e);
    }

    /** Adds samples within limits, since the file is untrusted. Columns that exceed the limits get no samples. */
    private Schema sampled(Schema schema, Path file, ForeignDatabase foreign) {
        if (sampleValues == 0) {
            return schema;
        }
        Schema sampled = new ValueSampler<>(new SqliteRows(foreign.values()), sampleValues).fill(schema);
        warnOfUnread(file.toString(), foreign.unread());
        return sampled;
    }

    private static void warnOfUnread(String database, int queries) {
        if (queries > 0) {
            log.warn(
                    "Some columns of {} have no sample values: {} queries for them failed or took longer than {} s together;"
                            + " check the database, or set data.schema_sample_values=0",
                    database,
                    queries,
                    ForeignDatabase.TIME.toSeconds());
        }
    }

    /** Logs what the schema doesn't show, and returns it. */
    private static Schema told(Schema schema) {
        schema.notes().forEach(log::info);
        return schema;
    }

    private static Schema requireTables(Schema schema, String name) {
        if (schema.tables().isEmpty()) {
            throw new SqlTuneException(
                    name + " has no tables: name another database, or for PostgreSQL another schema with"
                            + " ?currentSchema=…");
        }
        return schema;
    }

    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 && !name.toLowerCase(Locale.ROOT).startsWith(".") ? name.substring(0, dot) : name;
    }
}
