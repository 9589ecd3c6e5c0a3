package org.sqltune.postgres.proof;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/**
 * Functions of a database that do more than read even in a read-only transaction: they take locks, write to the
 * write-ahead log, end sessions, change settings, or run a text as SQL. By default every user may call most of them,
 * and the right can only be revoked from all users, so queries that call one aren't run.
 *
 * <p>They are found in the database's catalogue: built-in functions marked volatile or parallel unsafe, except a few
 * known to be harmless; functions in untrusted languages; and user-defined functions whose source mentions a harmful
 * function or {@code EXECUTE}. Immutable and thread-safe.
 */
final class HarmfulFunctions {
    private static final int SHOWN_CHARS = 60;

    /** Functions without effects that outlast the query; for those that sleep, the query's time limit suffices. */
    private static final Set<String> HARMLESS = Set.of(
            "array_sample",
            "array_shuffle",
            "bernoulli",
            "clock_timestamp",
            "current_query",
            "current_schema",
            "current_schemas",
            "currval",
            "gen_random_bytes",
            "gen_random_uuid",
            "gen_salt",
            "lastval",
            "pg_database_size",
            "pg_indexes_size",
            "pg_is_in_recovery",
            "pg_partition_ancestors",
            "pg_partition_tree",
            "pg_relation_size",
            "pg_sequence_last_value",
            "pg_sleep",
            "pg_sleep_for",
            "pg_sleep_until",
            "pg_table_size",
            "pg_tablespace_size",
            "pg_total_relation_size",
            "random",
            "random_normal",
            "setseed",
            "system",
            "system_rows",
            "system_time",
            "timeofday",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "uuidv4",
            "uuidv7");

    /** Extensions whose functions run a text as SQL although they are marked stable. */
    private static final Set<String> RUNS_TEXT = Set.of("tablefunc", "xml2", "dblink");

    /** The source of an aggregate is the list of its support functions. */
    private static final String FUNCTIONS = """
            SELECT n.nspname = 'pg_catalog' AS builtin, p.proname, l.lanname,
              p.provolatile = 'v' AS volatile, has_function_privilege(p.oid, 'EXECUTE') AS callable,
              (SELECT max(e.extname) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
                AND d.refclassid = 'pg_extension'::regclass) AS extension,
              CASE WHEN p.prokind = 'a' THEN (SELECT concat_ws(' ', a.aggtransfn, a.aggfinalfn, a.aggcombinefn,
                    a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
                  FROM pg_aggregate a WHERE a.aggfnoid = p.oid)
                WHEN l.lanname IN ('sql', 'plpgsql') THEN pg_get_functiondef(p.oid)
                ELSE '' END AS source
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
            WHERE n.nspname <> 'information_schema'
              AND (n.nspname <> 'pg_catalog' OR p.provolatile = 'v' OR p.proparallel = 'u')
            """;

    private final Set<String> builtin;
    private final Set<String> others;
    /** Harmful functions whose names aren't plain words. */
    private final List<String> odd;

    private HarmfulFunctions(Set<String> builtin, Set<String> others) {
        this.builtin = Set.copyOf(builtin);
        this.others = Set.copyOf(others);
        this.odd = others.stream().filter(name -> !SqlWords.isWord(name)).toList();
    }

    /** Returns an empty set, for testing the other defences. */
    static HarmfulFunctions none() {
        return new HarmfulFunctions(Set.of(), Set.of());
    }

    /** Returns the harmful functions that a connection's login may call. */
    static HarmfulFunctions of(Connection connection) throws SQLException {
        Set<String> builtin = new HashSet<>();
        List<Function> others = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FUNCTIONS)) {
            while (rows.next()) {
                String name = rows.getString("proname");
                if (!rows.getBoolean("builtin")) {
                    others.add(new Function(
                            name,
                            String.valueOf(rows.getString("lanname")),
                            rows.getBoolean("volatile"),
                            rows.getBoolean("callable"),
                            String.valueOf(rows.getString("extension")),
                            String.valueOf(rows.getString("source"))));
                } else if (!HARMLESS.contains(name)) {
                    builtin.add(SqlWords.lowerCase(name));
                }
            }
        }
        return new HarmfulFunctions(builtin, callable(others, builtin));
    }

    /** Returns the transitive closure: a function that calls a harmful one is harmful too. */
    private static Set<String> callable(List<Function> functions, Set<String> builtin) {
        Set<String> harmful = new HashSet<>(builtin);
        Set<String> callable = new HashSet<>();
        List<Function> rest = new ArrayList<>(functions);
        boolean found = true;
        while (found) {
            List<Function> more =
                    rest.stream().filter(each -> each.isHarmful(harmful)).toList();
            more.forEach(each -> harmful.add(SqlWords.lowerCase(each.name())));
            more.stream()
                    .filter(Function::callable)
                    .map(each -> SqlWords.lowerCase(each.name()))
                    .forEach(callable::add);
            rest.removeAll(more);
            found = !more.isEmpty();
        }
        return callable;
    }

    /**
     * Rejects a query that calls a harmful function. Built-in ones may not occur at all, not even in a string or
     * comment: only the server knows where those begin and end, and no column has such a name.
     *
     * @throws SqlExecutionException of kind {@link Kind#NOT_A_QUERY} if the query calls one
     */
    void check(String sql) {
        if (builtin.isEmpty() && others.isEmpty()) {
            return;
        }
        SqlWords words = SqlWords.of(sql);
        if (words.haveUnicodeEscapes()) {
            throw new SqlExecutionException(
                    Kind.NOT_A_QUERY, "not run: it has a name in Unicode escapes (U&\"…\"); write the name itself");
        }
        words.all().filter(builtin::contains).findFirst().ifPresent(HarmfulFunctions::refuse);
        words.called().filter(others::contains).findFirst().ifPresent(HarmfulFunctions::refuse);
        odd.stream().filter(words::contain).findFirst().ifPresent(HarmfulFunctions::refuse);
    }

    private static void refuse(String name) {
        String shown = name.length() > SHOWN_CHARS ? name.substring(0, SHOWN_CHARS) + "…" : name;
        throw new SqlExecutionException(
                Kind.NOT_A_QUERY, "not run: it calls " + shown + ", which may do more than read");
    }

    /** A function that isn't built in. */
    private record Function(
            String name, String language, boolean isVolatile, boolean callable, String extension, String source) {
        boolean isHarmful(Set<String> harmful) {
            return switch (language) {
                case "sql" -> SqlWords.of(source).all().anyMatch(harmful::contains);
                case "plpgsql" ->
                    SqlWords.of(source).all().anyMatch(word -> word.equals("execute") || harmful.contains(word));
                // Aggregates also have the language "internal".
                case "c", "internal" ->
                    (isVolatile && !HARMLESS.contains(name))
                            || RUNS_TEXT.contains(extension)
                            || SqlWords.of(source).all().anyMatch(harmful::contains);
                default -> true;
            };
        }
    }
}
