package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.ForeignDatabase;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.data.database.DeclaredComments;
import org.sqltune.postgres.proof.ReadOnlyPostgres;
import org.sqltune.synthesis.DraftRunner;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.DatabaseProfiler;

/**
 * A database for which questions are synthesised. It is untrusted: an SQLite file is read in a separate process, and a
 * PostgreSQL server with a login that may only read. For one thread at a time.
 */
public interface SynthesisDatabase extends AutoCloseable {
    /** Returns the tables, without views. */
    Schema schema();

    /**
     * Returns the profile of tables and values.
     *
     * @throws SqlTuneException if the database can't be read
     */
    DatabaseProfile profile();

    /** Returns a runner of drafted queries. */
    DraftRunner runner();

    /** Returns the number of different drafts that the database refused. */
    int refused();

    /** Runs queries as answers are run. */
    SqlExecutor queries();

    @Override
    void close();

    /**
     * Opens an SQLite file.
     *
     * @throws SqlTuneException if it can't be read
     */
    static SynthesisDatabase sqlite(Path file) {
        ForeignDatabase database = ForeignDatabase.of(file);
        try {
            return new Sqlite(database, new SchemaReader().read(database));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Connects to PostgreSQL.
     *
     * @param url the URL with its password
     * @throws SqlTuneException if the server can't be reached, has no tables, or the login may do more than read
     */
    static SynthesisDatabase postgres(String url) {
        Schema all = new DatabaseIntrospection(0).read(url);
        Schema tables = all.withTables(
                all.tables().stream().filter(table -> !table.isView()).toList());
        ReadOnlyPostgres server = new ReadOnlyPostgres(url);
        List<QueryDatabases.Session> sessions = new ArrayList<>();
        sessions.add(server.open(QueryLimits.DEFAULTS.with(Postgres.SECONDS, 1), 1));
        sessions.add(server.open(QueryLimits.DEFAULTS.with(Postgres.SECONDS, DraftRunner.MOST_ROWS), 1));
        return new Postgres(url, tables, sessions);
    }

    /** An SQLite file. */
    final class Sqlite implements SynthesisDatabase {
        private final ForeignDatabase database;
        private final Schema schema;

        private Sqlite(ForeignDatabase database, Schema schema) {
            this.database = database;
            this.schema = schema;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public DatabaseProfile profile() {
            try (Connection connection = database.structure()) {
                return DatabaseProfiler.profile(DeclaredComments.in(schema, connection), connection);
            } catch (SQLException e) {
                throw new SqlTuneException(
                        "Can't read " + database.file() + ": " + e.getMessage() + ". Give an SQLite file", e);
            }
        }

        @Override
        public DraftRunner runner() {
            return DraftRunner.of(database);
        }

        @Override
        public int refused() {
            return 0;
        }

        @Override
        public SqlExecutor queries() {
            return database.queries(QueryLimits.DEFAULTS);
        }

        @Override
        public void close() {
            database.close();
        }
    }

    /** A PostgreSQL server. The templates' SQL is SQLite's, so it refuses some drafts, which become no pairs. */
    final class Postgres implements SynthesisDatabase, DraftRunner {
        /** The time limit of one draft. */
        private static final double SECONDS = 10;

        /** A function that only SQLite has; a refusal costs a connection. */
        private static final String SQLITE_ONLY = "strftime(";

        private final String url;
        private final Schema schema;
        private final List<QueryDatabases.Session> sessions;
        private int refused;

        private Postgres(String url, Schema schema, List<QueryDatabases.Session> sessions) {
            this.url = url;
            this.schema = schema;
            this.sessions = List.copyOf(sessions);
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public DatabaseProfile profile() {
            List<DatabaseProfile> profiles = new ArrayList<>();
            DatabaseIntrospection.rows(url, reader -> profiles.add(DatabaseProfiler.profile(schema, reader)));
            return profiles.get(0);
        }

        @Override
        public DraftRunner runner() {
            return this;
        }

        @Override
        public QueryResult first(String sql) {
            return run(sessions.get(0), sql);
        }

        @Override
        public QueryResult all(String sql) {
            return run(sessions.get(1), sql);
        }

        private QueryResult run(QueryDatabases.Session session, String sql) {
            if (sql.contains(SQLITE_ONLY)) {
                throw new SqlExecutionException(
                        SqlExecutionException.Kind.INVALID, "PostgreSQL has no function strftime");
            }
            return session.database(schema.databaseId()).execute(sql);
        }

        @Override
        public void refused(String sql, SqlExecutionException refusal) {
            refused++;
        }

        @Override
        public int refused() {
            return refused;
        }

        @Override
        public SqlExecutor queries() {
            return sessions.get(1).database(schema.databaseId());
        }

        @Override
        public void close() {
            sessions.forEach(QueryDatabases.Session::close);
        }
    }
}
