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
 * A database, or a folder of databases, that {@link Databases} found under a name.
 *
 * @param kind what it is
 * @param location the path of the file or folder, or the URL of PostgreSQL with its password: what {@code data.database}
 *     takes
 */
public record NamedDatabase(Kind kind, String location) {
    /** What a name can stand for. */
    public enum Kind {
        /** One SQLite file. */
        FILE,
        /** A folder of SQLite files, {@code <db_id>/<db_id>.sqlite}. */
        FOLDER,
        /** A PostgreSQL server. */
        POSTGRES
    }

    /**
     * Returns the schema of the one database.
     *
     * @param sampleValues values that each column shows, at most; 0 to look at no row
     * @throws ConfigException if this is a folder of databases
     * @throws org.sqltune.core.SqlTuneException if it can't be read or has no tables
     */
    public Schema schema(int sampleValues) {
        requireOne();
        return new DatabaseIntrospection(sampleValues).read(location);
    }

    /**
     * Returns where the database of a question is, by its {@code db_id}, as {@link #location}; empty if the folder
     * lacks it.
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

    /** Returns what queries on it are run with. */
    public QueryDatabases queries() {
        return switch (kind) {
            case FILE -> new SqliteFile(Path.of(location));
            case FOLDER -> new SqliteDatabases(new DatabaseFolder(Path.of(location)));
            case POSTGRES -> new ReadOnlyPostgres(location);
        };
    }

    /** Returns where it is, without a password. */
    @Override
    public String toString() {
        return Secrets.withoutSecrets(location);
    }
}
