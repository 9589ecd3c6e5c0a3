package org.sqltune.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactMatchTest {
    /** Most pairs are decided by their tokens; the answer is that of the normal forms all the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT x.\"count(*)\" FROM (SELECT count(*) FROM t) x | SELECT x.\"count(*)\" FROM (SELECT count( * ) FROM t) x",
                "SELECT x.\"count(*)\" FROM (SELECT count(*) FROM t) x | select X.\"count(*)\" from (SELECT count(*) FROM t) X;",
                "SELECT a FROM t WHERE b > = 1  | SELECT a FROM t WHERE b >= 1;",
                "SELECT a FROM t WHERE b < > 1  | SELECT a FROM t WHERE b <> 1",
                "SELECT [a + 1] FROM t          | SELECT a + 1 FROM t",
                "SELECT [a + 1] FROM t          | SELECT `A + 1` FROM t",
                "SELECT T1.a FROM s 'T1'        | SELECT s.a FROM s",
                "SELECT 1E3 FROM t              | SELECT 1e3 FROM t",
                "SELECT 1 FROM t                | SELECT 1.0 FROM t",
                "SELECT a FROM t LIMIT ?1       | SELECT a FROM t LIMIT ?2",
                "SELECT a FROM (t               | select A from ( t",
                "SELECT 'a FROM t               | SELECT 'A FROM t",
                ";SELECT a FROM t               | SELECT a FROM t"
            })
    void tokensDecideAsNormalFormsDo(String gold, String prediction) {
        boolean same = SqlNormalizer.normalise(gold).equals(SqlNormalizer.normalise(prediction));
        assertThat(ExactMatch.matches(gold, prediction)).isEqualTo(same);
        assertThat(ExactMatch.matches(prediction, gold)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT count(*) FROM singer          | select COUNT ( * ) from Singer ;",
                "SELECT a ,  b FROM t                 | SELECT a,b FROM t -- done",
                "SELECT a FROM t WHERE b  =  'x Y'    | SELECT a FROM t WHERE b=\"x Y\"",
                "SELECT a FROM t WHERE b = 'it''s'    | SELECT a FROM t WHERE b = \"it's\"",
                "SELECT a FROM t WHERE b <> 1         | SELECT a FROM t WHERE b != 1",
                "SELECT a FROM t WHERE b ! = 1        | SELECT a FROM t WHERE b <> 1",
                "SELECT a FROM t WHERE b > = 1        | SELECT a FROM t WHERE b>=1",
                "SELECT a FROM t WHERE b == 1         | SELECT a FROM t WHERE b = 1",
                "SELECT count(*) AS n FROM t          | SELECT count(*) n FROM t",
                "SELECT `a`, [b] FROM t               | SELECT a, B FROM t",
                "SELECT T1.a FROM s AS T1 JOIN t AS T2 ON T1.id = T2.id | SELECT x.a FROM s x JOIN t y ON x.id = y.id",
                "SELECT T1.a FROM s AS T1 JOIN t AS T2 ON T1.id = T2.id | SELECT s.a FROM s JOIN t ON s.id = t.id",
                "SELECT T2.a FROM s AS T1, t AS T2    | SELECT t.a FROM s, t",
                "SELECT a.x FROM t AS a JOIN t AS b ON a.y < b.y | SELECT T1.x FROM t T1 JOIN t T2 ON T1.y < T2.y",
                "SELECT d.n FROM (SELECT T1.n FROM t AS T1) AS d | SELECT T1.n FROM (SELECT t.n FROM t) T1",
                "SELECT T1.a FROM s T1 WHERE T1.b IN (SELECT T2.b FROM t T2 WHERE T2.c = T1.c) | SELECT s.a FROM s WHERE s.b IN (SELECT x.b FROM t x WHERE x.c = s.c)",
                "SELECT T1.a FROM s AS T1 UNION SELECT T1.a FROM t AS T1 | SELECT x.a FROM s x UNION SELECT y.a FROM t y",
                "SELECT T1.a FROM s T1 JOIN t T2 ON coalesce(T1.a, T2.b) = 1 | SELECT s.a FROM s JOIN t ON coalesce(s.a, t.b) = 1",
                "SELECT T1.a FROM main.s AS T1        | SELECT s.a FROM main.s"
            })
    void theSameQueryWrittenOtherwiseMatches(String gold, String prediction) {
        assertThat(SqlNormalizer.normalise(prediction)).isEqualTo(SqlNormalizer.normalise(gold));
        assertThat(ExactMatch.matches(gold, prediction)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT a FROM t                      | SELECT b FROM t",
                "SELECT a FROM t                      | SELECT DISTINCT a FROM t",
                "SELECT a FROM t WHERE b = 'x'        | SELECT a FROM t WHERE b = 'X'",
                "SELECT a FROM t WHERE b = 'x  y'     | SELECT a FROM t WHERE b = 'x y'",
                "SELECT a FROM t WHERE b = 1          | SELECT a FROM t WHERE b = '1'",
                "SELECT a FROM t WHERE b = 1 AND c = 2 | SELECT a FROM t WHERE c = 2 AND b = 1",
                "SELECT a, b FROM t                   | SELECT b, a FROM t",
                "SELECT a FROM t WHERE b > 1          | SELECT a FROM t WHERE b >= 1",
                "SELECT a FROM t WHERE b - -1 > 0     | SELECT a FROM t WHERE b",
                "SELECT T1.a FROM s T1 JOIN t T2 ON T1.id = T2.id | SELECT T2.a FROM s T1 JOIN t T2 ON T1.id = T2.id",
                "SELECT T1.a FROM s T1 JOIN t T2      | SELECT T1.a FROM t T1 JOIN s T2",
                "SELECT a.x FROM t a JOIN t b ON a.y < b.y | SELECT b.x FROM t a JOIN t b ON a.y < b.y",
                "SELECT a FROM t                      | ^^"
            })
    void anotherQueryDoesNot(String gold, String prediction) {
        assertThat(ExactMatch.matches(gold, prediction)).isFalse();
    }

    @Test
    void theNormalFormIsReadable() {
        String sql =
                "SELECT T1.Name ,count( * ) FROM Singer AS T1\n JOIN concert c ON T1.id=c.sid WHERE c.Year <> \"2014\";";
        assertThat(SqlNormalizer.normalise(sql))
                .isEqualTo("select t1 . name , count ( * ) from singer join concert"
                        + " on t1 . id = t2 . sid where t2 . year != '2014'");
    }

    @Test
    void brokenSqlIsComparedAsItStands() {
        assertThat(ExactMatch.matches("SELECT (", "SELECT (")).isTrue();
        assertThat(ExactMatch.matches("SELECT (a FROM", "select ( A from")).isTrue();
        assertThat(ExactMatch.matches("SELECT 'a", "SELECT 'b")).isFalse();
        assertThat(SqlNormalizer.normalise(") . FROM , as")).isEqualTo(") . from ,");
    }
}
