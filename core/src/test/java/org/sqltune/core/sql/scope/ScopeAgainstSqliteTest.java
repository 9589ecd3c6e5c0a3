package org.sqltune.core.sql.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.sqltune.core.sql.syntax.QueryParser;
import org.sqltune.core.sql.syntax.Sqlite;

/** A query's names are all found if and only if SQLite finds them all. */
class ScopeAgainstSqliteTest {
    private static final Map<String, List<String>> TABLES =
            Map.of("t", List.of("a", "b", "c"), "u", List.of("a", "d"), "v", List.of("d", "e"));
    private static final Catalog CATALOG = name -> {
        List<String> columns = TABLES.get(name.toLowerCase(Locale.ROOT));
        return columns == null ? new Catalog.Entry.Missing() : new Catalog.Entry.Known(columns);
    };

    /** {@code #} stands for a column, {@code %} for a table. */
    private static final List<String> FORMS = List.of(
            "SELECT # FROM %",
            "SELECT # FROM % AS p, % AS q WHERE p.# = q.#",
            "SELECT %.# FROM %",
            "SELECT # AS z FROM % WHERE z > # GROUP BY z HAVING z < # ORDER BY z, #",
            "SELECT # AS z, z FROM %",
            "SELECT # FROM % NATURAL JOIN % AS q",
            "SELECT # FROM % AS p JOIN % AS q USING (#)",
            "SELECT # FROM % AS p NATURAL JOIN % AS q NATURAL JOIN % AS r",
            "SELECT rowid, p.oid, # FROM % AS p",
            "SELECT rowid FROM % AS p, % AS q",
            "SELECT s.#, # FROM (SELECT # FROM %) AS s",
            "SELECT s.#, k FROM (SELECT #, # AS k FROM %) AS s WHERE k > 1 ORDER BY k",
            "SELECT # FROM (SELECT * FROM % AS p, % AS q) AS s",
            "SELECT # FROM % AS p WHERE EXISTS (SELECT 1 FROM % AS q WHERE q.# = p.# AND # > 1)",
            "SELECT (SELECT # FROM % AS q WHERE q.# = p.# LIMIT 1) FROM % AS p",
            "SELECT * FROM % AS p, (SELECT # FROM % WHERE p.# = 1) AS s",
            "SELECT # FROM % UNION SELECT # FROM % ORDER BY 1",
            "SELECT # AS z FROM % UNION SELECT # FROM % ORDER BY z",
            "SELECT # FROM % LIMIT #",
            "SELECT # FROM (% AS p JOIN % AS q ON p.# = q.#) AS j",
            "SELECT j.#, p.# FROM (% AS p JOIN % AS q ON p.# = q.#) AS j",
            "WITH w AS (SELECT # FROM %) SELECT #, w.# FROM w",
            "WITH w (z) AS (SELECT # FROM %) SELECT z, # FROM w",
            "WITH RECURSIVE w (n) AS (SELECT # FROM % UNION ALL SELECT n + 1 FROM w WHERE n < 5) SELECT n, # FROM w",
            "WITH x AS (SELECT * FROM y), y AS (SELECT # FROM %) SELECT # FROM x",
            "WITH x AS (SELECT * FROM y), y AS (SELECT * FROM x) SELECT # FROM %",
            "WITH x AS (SELECT nosuch FROM %) SELECT # FROM %",
            "SELECT # FROM % WHERE # IN (SELECT # FROM % WHERE #)",
            "SELECT column1, # FROM (VALUES (1, 2)) AS s",
            "SELECT true, \"nosuch\", \"#\" FROM %",
            "SELECT sum(#) OVER (PARTITION BY # ORDER BY z) AS z FROM %",
            "SELECT main.%.# FROM %",
            "SELECT p.*, %.* FROM % AS p",
            "SELECT # FROM % AS p LEFT JOIN % AS q ON p.# = q.# AND # = 1");

    private static final Pattern PLACE = Pattern.compile("[#%]");

    @Property(tries = 60)
    void namesResolveIfAndOnlyIfSqliteFindsThem(@ForAll long seed) throws SQLException {
        Random random = new Random(seed);
        try (Sqlite sqlite = new Sqlite("CREATE TABLE t (a, b, c)", "CREATE TABLE u (a, d)", "CREATE TABLE v (d, e)")) {
            for (String form : FORMS) {
                String sql = filled(form, random);
                String error = sqlite.error(sql).toLowerCase(Locale.ROOT);
                List<NameFault> faults =
                        NameResolver.resolve(QueryParser.parse(sql), CATALOG).faults();
                if (error.isEmpty() || isAboutNames(error)) {
                    assertThat(faults.isEmpty()).as(sql + ": " + error + faults).isEqualTo(error.isEmpty());
                    assertThat(faults.isEmpty() || faults.stream().anyMatch(each -> error.contains(each.message())))
                            .as(sql + ": " + error + faults)
                            .isTrue();
                }
            }
        }
    }

    private static boolean isAboutNames(String error) {
        return List.of("no such column", "no such table", "ambiguous", "circular", "cannot join").stream()
                .anyMatch(error::contains);
    }

    private static String filled(String form, Random random) {
        Matcher place = PLACE.matcher(form);
        return place.replaceAll(found -> found.group().equals("#")
                ? pick(random, "a", "b", "c", "d", "e", "a", "d", "nosuch")
                : pick(random, "t", "u", "v", "t", "u", "v", "t", "gone"));
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
