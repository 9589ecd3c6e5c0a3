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
 * Who queries run as: a login of its own that may read one schema and nothing else. A role that the copying user only
 * takes on ({@code SET ROLE}) would not do: a query can leave that by {@code set_config('role', …)}, and what it has
 * {@code query_to_xml} run then is run as the copying user.
 */
final class QueryLogin {
    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OPTION = "--reader-url";

    /** What a login that only reads must not have; the first that it has. */
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
     * Functions that PostgreSQL or an extension keeps from ordinary users, such as {@code pg_read_file}, but that this login
     * may call: the first statements that take them away. A role that PostgreSQL has for that is taken away whole.
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
     * Returns the login that the server's user has named, or a new one, named like the schema. Runs within the
     * transaction of the connection.
     *
     * @param admin connection of the user who makes the copy
     * @param schema that it may read
     * @throws SqlTuneException if no login can be made, or the named one may do more than read
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
     * @param url with user and password
     * @param source where the URL is from, such as an option
     * @param remedy what to do if it may do more than read
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

    /** Drops the login that was made for a schema. Who may make no roles may not even ask to drop one that isn't there. */
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

    /** Lets it read the tables that the schema has by now. */
    void grantTables(Connection admin, String schema) throws SQLException {
        Statements.run(admin, "GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + quotedName());
    }

    /**
     * Returns a connection of this login.
     *
     * @param maxResultBytes of what the driver holds of a result at once; a larger row breaks the connection
     */
    Connection connect(long maxResultBytes) throws SQLException {
        PGSimpleDataSource source = source(url);
        if (password != null) {
            source.setUser(name);
            source.setPassword(password);
        }
        source.setMaxResultBuffer(String.valueOf(maxResultBytes));
        // A URL may ask for several statements in one message and for fetches that grow; a query that nobody has read
        // must not have those.
        source.setPreferQueryMode(PreferQueryMode.EXTENDED);
        source.setAdaptiveFetch(false);
        return source.getConnection();
    }

    /** Functions that its queries may not call; read from the database once. */
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
