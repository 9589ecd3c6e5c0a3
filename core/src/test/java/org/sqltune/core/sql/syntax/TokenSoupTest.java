package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.sqltune.core.sql.facts.QueryFacts;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameResolver;

/** Texts of any kind: nothing but the syntax exception is thrown, every reader ends, and SQLite agrees. */
class TokenSoupTest {
    private static final String[] POOL = ("SELECT FROM WHERE GROUP BY ORDER LIMIT OFFSET UNION ALL EXCEPT VALUES WITH"
                    + " RECURSIVE AS ( ) ( ) , . * + - / || = == <> < >= ~ NOT AND OR IN LIKE GLOB MATCH BETWEEN IS NULL"
                    + " ISNULL NOTNULL ESCAPE COLLATE CASE WHEN THEN ELSE END EXISTS CAST DISTINCT JOIN LEFT INNER NATURAL"
                    + " CROSS FULL OUTER ON USING INDEXED HAVING WINDOW OVER FILTER PARTITION ROWS RANGE UNBOUNDED"
                    + " PRECEDING FOLLOWING CURRENT ROW EXCLUDE TIES NULLS FIRST LAST ASC DESC a b t x 1 2.5 'txt' \"q\""
                    + " `bt` [br] x'00' ? :p -> count sum current_date raise replace key materialized groups 1a 0x1F 1e"
                    + " 12_3 1__2 $ ! true if RETURNING within")
            .split(" ");

    private static final String[] QUERIES = {
        "WITH c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT n FROM c",
        "SELECT a.x, count(*) FROM t AS a LEFT JOIN u ON a.x = u.y WHERE a.z LIKE '%q' GROUP BY a.x HAVING count(*) > 1",
        "SELECT rank() OVER (PARTITION BY a ORDER BY b ROWS 1 PRECEDING) FROM t WINDOW w AS (ORDER BY c) LIMIT 1, 2",
        "SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END, CAST(b AS INT) FROM (SELECT 1 AS a) j NATURAL JOIN u INDEXED BY i",
        "SELECT a FROM t WHERE b NOT BETWEEN 1 AND 2 AND c NOT IN (SELECT d FROM u) OR EXISTS (SELECT 1) ORDER BY 1 DESC",
        "SELECT group_concat(DISTINCT a ORDER BY b) FILTER (WHERE c IS NOT NULL) FROM t UNION VALUES (1), (2)"
    };

    @Property(tries = 1000)
    void anyTextIsReadToItsEnd(@ForAll String text) {
        read(text);
        read("SELECT " + text);
    }

    @Property(tries = 1500)
    void tokensInAnyOrderAreReadToTheirEnd(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder soup = new StringBuilder(random.nextBoolean() ? "SELECT " : "");
        for (int i = random.nextInt(40); i > 0; i--) {
            soup.append(POOL[random.nextInt(POOL.length)]).append(' ');
        }
        read(soup.toString());
    }

    @Property(tries = 40)
    void sqliteTakesTheSyntaxOfTheSameChangedQueries(@ForAll long seed) throws SQLException {
        Random random = new Random(seed);
        try (Sqlite sqlite = new Sqlite()) {
            for (int i = 0; i < 50; i++) {
                String sql = changed(QUERIES[random.nextInt(QUERIES.length)], random);
                if (StatementKind.of(sql).isQuery()) {
                    boolean read = ParsedSql.of(sql).isPresent();
                    boolean meaning = !read && sqlite.refusesWhileParsing(sql);
                    assertThat(read || meaning)
                            .as(sql + ": " + sqlite.error(sql))
                            .isEqualTo(sqlite.parses(sql));
                }
            }
        }
    }

    private static void read(String text) {
        List<SqlToken> tokens = SqlScanner.scan(text);
        int end = 0;
        for (SqlToken token : tokens) {
            assertThat(token.start()).isGreaterThanOrEqualTo(end);
            assertThat(token.text()).isNotEmpty().isEqualTo(text.substring(token.start(), token.end()));
            end = token.end();
        }
        ParsedSql.of(text).ifPresent(parsed -> {
            NameResolver.resolve(parsed.query(), Catalog.unknown());
            NameResolver.resolve(parsed.query(), name -> new Catalog.Entry.Missing());
            assertThat(QueryParser.parse(SqlPrinter.print(parsed.query()))).isNotNull();
        });
        assertThat(QueryFacts.of(text).category()).isNotNull();
    }

    private static String changed(String sql, Random random) {
        List<String> words = new ArrayList<>(
                SqlScanner.scan(sql).stream().map(SqlToken::text).toList());
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(4)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, POOL[random.nextInt(POOL.length)]);
                case 2 -> words.set(at, POOL[random.nextInt(POOL.length)]);
                default -> Collections.swap(words, at, random.nextInt(words.size()));
            }
        }
        return String.join(" ", words);
    }
}
