package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.RejectReason;
import org.sqltune.postgres.proof.Verdict;

/** Orders, groups, joins, set operations and nested queries over every kind of column. */
@ExtendWith(SharedServer.class)
class ProvedQueriesTest {
    @TempDir
    private static Path folder;

    private static BothDatabases both;

    static final List<String> COLUMNS = BothDatabases.COLUMNS;

    @BeforeAll
    static void copy(PostgresServer server) {
        both = BothDatabases.of(
                server,
                folder,
                BothDatabases.KINDS
                        + ";\nCREATE TABLE w (id INTEGER PRIMARY KEY, v_id INTEGER REFERENCES v (id), n INTEGER, t TEXT)"
                        + ";\nINSERT INTO w VALUES (1, 1, 3, 'ann'), (2, 1, NULL, 'x'), (3, 2, 0, 'Ann'), (4, NULL, 3, '')");
    }

    @AfterAll
    static void close() {
        both.close();
    }

    @ParameterizedTest
    @FieldSource("COLUMNS")
    void nullsComeWhereSqlitePutsThem(String column) {
        for (String direction : List.of("", " ASC", " DESC", " NULLS LAST", " DESC NULLS FIRST")) {
            Verdict verdict = both.prove("SELECT id, " + column + " FROM v ORDER BY " + column + direction + ", id");

            assertThat(verdict.isProved())
                    .as(column + direction + ": " + verdict)
                    .isTrue();
            assertThat(verdict.ordered()).as(column + direction).isTrue();
        }
    }

    @ParameterizedTest
    @FieldSource("COLUMNS")
    void theFirstRowsAreTheSameOnes(String column) {
        both.assertProved("SELECT id FROM v ORDER BY " + column + " DESC, id DESC LIMIT 2");
        both.assertProved("SELECT id FROM v ORDER BY " + column + ", id LIMIT 2 OFFSET 1");
        both.assertProved("SELECT id, " + column + " AS x FROM v ORDER BY x, 1 LIMIT 1, 3");
        both.assertProved("SELECT DISTINCT " + column + " FROM v ORDER BY " + column);
    }

    @ParameterizedTest
    @FieldSource("COLUMNS")
    void groupsAreTheSame(String column) {
        both.assertProved("SELECT " + column + ", count(*) FROM v GROUP BY " + column);
        both.assertProved("SELECT " + column + ", sum(id) FROM v GROUP BY 1 HAVING count(*) > 1 OR max(id) > 1");
        both.assertProved("SELECT count(DISTINCT " + column + "), count(" + column + ") FROM v");
        both.assertProved("SELECT max(" + column + "), min(" + column + ") FROM v");
        both.assertProved("SELECT max(" + column + ") FROM v WHERE id > 99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "big", "r", "dec", "flag", "digits"})
    void sumsAndMeansAreThoseOfSqlite(String column) {
        both.assertProved("SELECT sum(" + column + "), total(" + column + "), avg(" + column + ") FROM v");
        both.assertProved("SELECT sum(" + column + ") / 2, sum(" + column + ") / count(*) FROM v");
        both.assertProved("SELECT sum(DISTINCT " + column + "), avg(DISTINCT " + column + ") FROM v");
        both.assertProved(
                "SELECT sum(" + column + "), total(" + column + "), avg(" + column + ") FROM v WHERE id > 99");
        both.assertProved("SELECT t, sum(" + column + ") AS s FROM v GROUP BY t ORDER BY s DESC, t");
        both.assertProved(
                "SELECT sum(" + column + ") FILTER (WHERE id > 2), count(*) FILTER (WHERE " + column + " > 1) FROM v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNION", "UNION ALL", "INTERSECT", "EXCEPT"})
    void everyTwoColumnsAreJoinedAsSetsOrRefused(String operator) {
        int proved = 0;
        for (String left : COLUMNS) {
            for (String right : COLUMNS) {
                String sql = "SELECT " + left + " FROM v " + operator + " SELECT " + right + " FROM v";
                proved += both.assertProvedOrRefused(sql) ? 1 : 0;
            }
        }
        assertThat(proved).as(operator).isGreaterThan(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT v.id, w.id FROM v JOIN w ON v.id = w.v_id",
                "SELECT v.id, w.id FROM v LEFT JOIN w ON v.id = w.v_id ORDER BY v.id, w.id",
                "SELECT v.id, w.id FROM w RIGHT JOIN v ON v.id = w.v_id",
                "SELECT v.id, w.id FROM v FULL JOIN w ON v.id = w.v_id",
                "SELECT v.id, w.id FROM v CROSS JOIN w WHERE v.n = w.n",
                "SELECT v.id, w.id FROM v, w WHERE v.t = w.t",
                "SELECT id, n FROM v NATURAL JOIN w",
                "SELECT * FROM v JOIN w USING (id)",
                "SELECT * FROM w",
                "SELECT w.*, v.t FROM w, v WHERE v.id = w.v_id",
                "SELECT a.id, b.id FROM v a JOIN v b ON a.n = b.n AND a.id < b.id",
                "SELECT a.id FROM v a JOIN w b ON a.id = b.v_id JOIN w c ON c.v_id = a.id WHERE b.id < c.id",
                "SELECT a.t, count(b.id) FROM v a LEFT JOIN w b ON a.id = b.v_id GROUP BY a.id",
                "SELECT a.t, count(b.id) FROM v a LEFT JOIN w b ON a.id = b.v_id GROUP BY a.id ORDER BY count(b.id) DESC, a.id",
                "SELECT v.id FROM v LEFT JOIN w ON v.id = w.v_id WHERE w.id IS NULL",
                "SELECT v.id, w.t FROM v JOIN w ON v.digits = w.n",
                "SELECT w.id FROM w JOIN (SELECT id, n FROM v WHERE n > 0) AS x ON x.id = w.v_id"
            })
    void joins(String sql) {
        both.assertProved(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM v WHERE id IN (SELECT v_id FROM w)",
                "SELECT id FROM v WHERE id NOT IN (SELECT v_id FROM w WHERE v_id IS NOT NULL)",
                "SELECT count(*) FROM v WHERE id NOT IN (SELECT v_id FROM w)",
                "SELECT id FROM v WHERE n = (SELECT max(n) FROM v)",
                "SELECT id FROM v WHERE n > (SELECT avg(n) FROM v)",
                "SELECT id FROM v WHERE EXISTS (SELECT * FROM w WHERE w.v_id = v.id AND w.n = v.n)",
                "SELECT id FROM v WHERE NOT EXISTS (SELECT 1 FROM w WHERE v_id = v.id)",
                "SELECT id, (SELECT count(*) FROM w WHERE v_id = v.id) FROM v",
                "SELECT id, (SELECT t FROM w WHERE w.id = v.id) FROM v",
                "SELECT max(c) FROM (SELECT v_id, count(*) AS c FROM w GROUP BY v_id)",
                "SELECT x.n FROM (SELECT n FROM v UNION SELECT n FROM w) x WHERE x.n > 0",
                "WITH big AS (SELECT * FROM v WHERE n > 2) SELECT big.id, w.id FROM big JOIN w ON w.v_id = big.id",
                "WITH a AS (SELECT id FROM v), b AS (SELECT v_id FROM w) SELECT id FROM a EXCEPT SELECT v_id FROM b",
                "SELECT n FROM v WHERE n IN (SELECT n FROM w UNION SELECT 41)",
                "SELECT id FROM v WHERE (n, t) IN (SELECT n, t FROM w)",
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM v)",
                "SELECT t FROM v WHERE id = 1 UNION SELECT t FROM w ORDER BY t DESC LIMIT 2",
                "SELECT n FROM v UNION SELECT n FROM w EXCEPT SELECT 0 ORDER BY 1"
            })
    void nestedQueries(String sql) {
        both.assertProved(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT t, n FROM v GROUP BY n",
                "SELECT t, max(id) FROM v GROUP BY n",
                "SELECT n, t FROM v GROUP BY n HAVING count(*) > 1",
                "SELECT DISTINCT n FROM v ORDER BY id",
                "SELECT n FROM v ORDER BY n LIMIT 3",
                "SELECT n FROM v LIMIT 2",
                "SELECT group_concat(t) FROM v",
                "SELECT n, group_concat(t, '; ') FROM v GROUP BY n"
            })
    void whatSqliteLeavesOpenIsNeverCalledADifference(String sql) {
        both.assertProvedOrRefused(sql);
    }

    @Test
    void numbersRoundedByTheirBinaryFractionAreCaught() {
        assertThat(both.prove("SELECT round(1.005, 2) FROM v").reason()).isEqualTo(RejectReason.ROWS_DIFFER);
    }

    @Test
    void aTieAtTheLimitIsATie() {
        Verdict verdict = both.prove("SELECT id FROM v WHERE n = 3 ORDER BY n LIMIT 1");

        assertThat(verdict.freeChoice() || verdict.reason() == RejectReason.TIED_LIMIT)
                .isTrue();
    }

    @Test
    void withoutAnOrderNoneIsClaimed() {
        Verdict verdict = both.prove("SELECT id FROM v");

        assertThat(verdict.isProved()).isTrue();
        assertThat(verdict.sql()).isEqualTo("SELECT id FROM v");
        assertThat(verdict.detail()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT nope FROM v",
                "SELECT id FROM nope",
                "INSERT INTO v (id) VALUES (9)",
                "",
                "SELECT",
                "SELECT 1; SELECT 2"
            })
    void whatSqliteRefusesIsItsFault(String sql) {
        Verdict verdict = both.prove(sql);

        assertThat(verdict.reason()).isEqualTo(RejectReason.SQLITE_ERROR);
        assertThat(verdict.sql()).isNull();
        assertThat(verdict.detail()).isNotBlank().doesNotContain("\n");
    }
}
