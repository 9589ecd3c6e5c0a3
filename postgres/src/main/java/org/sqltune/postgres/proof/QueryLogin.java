package org.sqltune.postgres.proof;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Secrets;

/**
 * The login that runs queries: a separate one that may read only one schema. {@code SET ROLE} by the copying user
 * wouldn't be enough: a query can undo it by {@code set_config('role', …)}, and SQL inside {@code query_to_xml} then
 * runs as the copying user.
 */
final class QueryLogin {
    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OPTION = "--reader-url";

    /** Finds the first privilege of the login that a read-only login must not have. */
    private static final String POWER = """
            SELECT CASE
              WHEN EXISTS (SELECT FROM pg_roles r WHERE r.rolsuper AND pg_has_role(r.oid, 'MEMBER'))
                THEN 'is a superuser'
              WHEN EXISTS (SELECT FROM pg_roles r WHERE (r.rolcreaterole OR r.rolcreatedb OR r.rolreplication)
                  AND pg_has_role(r.oid, 'MEMBER'))
                THEN 'may make roles or databases, or replicate'
              WHEN EXISTS (SELECT FROM pg_roles r WHERE r.rolname IN ('pg_write_all_data', 'pg_read_server_files',
                  'pg_write_server_files', 'pg_execute_server_program', 'pg_signal_backend', 'pg_maintain')
                  AND pg_has_role(r.oid, 'MEMBER'))
                THEN 'may write everything, or use the server''s files and programs'
              WHEN has_database_privilege(current_database(), 'CREATE')
                THEN 'may make schemas'
              WHEN EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_roles r ON pg_has_role(r.oid, 'MEMBER')
                  WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                  AND (has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                    OR has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE')))
                THEN 'may write tables'
            END
            """;

    /**
     * Finds functions that PostgreSQL or an extension restricts, such as {@code pg_read_file}, but that this login
     * may call, and returns the first statements that revoke them. Predefined roles are revoked as a whole.
     */
    private static final String KEPT_FROM_USERS = """
            SELECT string_agg(statement, '; ' ORDER BY statement), count(*) FROM (
              SELECT CASE WHEN g.rolname ~ '^pg_' THEN format('REVOKE %I FROM %I', g.rolname, session_user)
                ELSE format('REVOKE EXECUTE ON FUNCTION %s FROM %s',
                  string_agg(DISTINCT p.oid::regprocedure::text, ', '),
                  COALESCE(quote_ident(g.rolname), 'PUBLIC')) END AS statement
              FROM pg_proc p JOIN pg_init_privs i ON i.classoid = 'pg_proc'::regclass AND i.objoid = p.oid
              CROSS JOIN LATERAL aclexplode(p.proacl) a LEFT JOIN pg_roles g ON g.oid = a.grantee
              WHERE a.privilege_type = 'EXECUTE'
                AND NOT EXISTS (SELECT FROM aclexplode(i.initprivs) b WHERE b.grantee = 0)
                AND (a.grantee = 0 OR pg_has_role(a.grantee, 'MEMBER'))
              GROUP BY g.rolname) AS statements
            """;

    private static final String REMEDY = "name one that may only read, since queries of unknown origin run as it";

    private final String url;
    private final @Nullable String password;
    private final String name;
    private volatile @Nullable HarmfulFunctions harmful;

    private QueryLogin(String url, String name, @Nullable String password) {
        this.url = url;
        this.name = name;
        this.password = password;
    }

    /**
     * Returns the server's reader login, or creates one named like the schema. Runs in the connection's transaction.
     *
     * @param admin a connection of the copying user
     * @param schema the schema that the login may read
     * @throws SqlTuneException if no login can be created, or the given one may do more than read
     */
    static QueryLogin of(PostgresServer server, Connection admin, String schema) throws SQLException {
        String readerUrl = server.readerUrl();
        QueryLogin login = readerUrl == null ? made(server, admin, schema) : named(readerUrl, OPTION, REMEDY);
        Statements.run(admin, "GRANT USAGE ON SCHEMA " + schema + " TO " + login.quotedName());
        return login;
    }

    private static QueryLogin made(PostgresServer server, Connection admin, String name) {
        byte[] secret = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        try {
            Statements.run(
                    admin,
                    "CREATE ROLE " + name + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD '" + password
                            + "'",
                    "ALTER ROLE " + name + " SET default_transaction_read_only = on");
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "PostgreSQL lets this user make no login for queries to run as (" + Statements.oneLine(e)
                            + "); let it make roles (ALTER ROLE … CREATEROLE), or name a login that may only read"
                            + " with --reader-url",
                    e);
        }
        return new QueryLogin(server.jdbcUrl(), name, password);
    }

    /**
     * Returns the login of a URL.
     *
     * @param url the JDBC URL with user and password
     * @param source the origin of the URL for messages, such as an option
     * @param remedy the advice if the login may do more than read
     * @throws SqlTuneException if the server can't be reached, or the login may do more than read
     */
    static QueryLogin named(String url, String source, String remedy) {
        try (Connection connection = source(url).getConnection();
                Statement statement = connection.createStatement()) {
            String power = text(statement, POWER);
            String name = text(statement, "SELECT session_user");
            if (power != null) {
                throw new SqlTuneException("The login " + name + " of " + source + " " + power + "; " + remedy);
            }
            String statements = text(statement, KEPT_FROM_USERS);
            if (statements != null) {
                throw new SqlTuneException("The login " + name + " of " + source
                        + " may call functions that PostgreSQL keeps from ordinary users; take them away: "
                        + statements);
            }
            return new QueryLogin(url, String.valueOf(name), null);
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "Can't connect to PostgreSQL as the login of " + source + ": " + Statements.oneLine(e), e);
        }
    }

    private static @Nullable String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /**
     * Drops the login created for a schema, if it exists: a user who may not create roles may not even run DROP ROLE
     * IF EXISTS.
     */
    static void drop(Connection admin, String schema) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            if (text(statement, "SELECT max(rolname) FROM pg_roles WHERE rolname = '" + schema + "'") != null) {
                statement.execute("DROP ROLE " + schema);
            }
        }
    }

    private String quotedName() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Grants the login SELECT on the schema's current tables. */
    void grantTables(Connection admin, String schema) throws SQLException {
        Statements.run(admin, "GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + quotedName());
    }

    /**
     * Opens a connection of this login.
     *
     * @param maxResultBytes the maximal size of a fetched part of a result, in bytes; a larger row breaks the
     *     connection
     */
    Connection connect(long maxResultBytes) throws SQLException {
        PGSimpleDataSource source = source(url);
        if (password != null) {
            source.setUser(name);
            source.setPassword(password);
        }
        source.setMaxResultBuffer(String.valueOf(maxResultBytes));
        // A URL may enable several statements per message and growing fetch sizes, which untrusted queries must not
        // have.
        source.setPreferQueryMode(PreferQueryMode.EXTENDED);
        source.setAdaptiveFetch(false);
        return source.getConnection();
    }

    /** Returns the functions that queries may not call; reads them from the database once. */
    HarmfulFunctions harmfulFunctions(Connection connection) throws SQLException {
        HarmfulFunctions known = harmful;
        if (known == null) {
            known = HarmfulFunctions.of(connection);
            harmful = known;
        }
        return known;
    }

    private static PGSimpleDataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(url);
        } catch (IllegalArgumentException e) {
            // Without the driver's exception, which repeats the password.
            throw new SqlTuneException("Can't read the URL " + Secrets.withoutSecrets(url)
                    + "; it should look like jdbc:postgresql://localhost/shop?user=reader&password=…");
        }
        return source;
    }
}
