package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.core.sql.worker.SqliteFile;
import org.sqltune.core.text.Secrets;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.postgres.proof.ReadOnlyPostgres;

/**
 * A database, or a folder of databases, that {@link Databases} resolved.
 *
 * @param kind the kind of database
 * @param location the path of the file or folder, or PostgreSQL's URL with password: a value of {@code data.database}
 */
public record NamedDatabase(Kind kind, String location) {
    /** The kinds of databases. */
    public enum Kind {
        /** A single SQLite file. */
        FILE,
        /** A folder of SQLite files, {@code <db_id>/<db_id>.sqlite}. */
        FOLDER,
        /** A PostgreSQL server. */
        POSTGRES
    }

    /**
     * Reads the schema of the single database.
     *
     * @param sampleValues the maximal number of sample values per column; 0 reads no rows
     * @throws ConfigException if this is a folder of databases
     * @throws org.sqltune.core.SqlTuneException if the database can't be read or has no tables
     */
    public Schema schema(int sampleValues) {
        requireOne();
        return new DatabaseIntrospection(sampleValues).read(location);
    }

    /**
     * Returns the {@link #location} of a question's database by its {@code db_id}; empty if the folder doesn't have
     * it.
     */
    public Optional<String> locationOf(String databaseId) {
        return kind == Kind.FOLDER
                ? new DatabaseFolder(Path.of(location)).locate(databaseId).map(Path::toString)
                : Optional.of(location);
    }

    /** @throws ConfigException if this is a folder of databases */
    public NamedDatabase requireOne() {
        if (kind == Kind.FOLDER) {
            throw new ConfigException(
                    location, List.of("holds several databases: name the file of one of them, <db_id>/<db_id>.sqlite"));
        }
        return this;
    }

    /** Returns the access for running queries. */
    public QueryDatabases queries() {
        return switch (kind) {
            case FILE -> new SqliteFile(Path.of(location));
            case FOLDER -> new SqliteDatabases(new DatabaseFolder(Path.of(location)));
            case POSTGRES -> new ReadOnlyPostgres(location);
        };
    }

    /** Returns the location without a password. */
    @Override
    public String toString() {
        return Secrets.withoutSecrets(location);
    }
}
