package org.sqltune.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which table a qualifier means, in a query and in a text that no parser takes. */
class TableNamesTest {
    /** The closing parenthesis too many keeps the text from being parsed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            SELECT x.a FROM s x, t AS y WHERE y.b = x.c )       | select t1 . a from s , t where t2 . b = t1 . c )
            SELECT x.a FROM s AS x JOIN t y ON x.i = y.i )      | select t1 . a from s join t on t1 . i = t2 . i )
            SELECT s.a FROM s JOIN t USING (i) WHERE t.b = 1 )  | select t1 . a from s join t using ( i ) where t2 . b = 1 )
            SELECT s.a FROM s LEFT JOIN t ON s.i = t.i )        | select t1 . a from s left join t on t1 . i = t2 . i )
            SELECT d.n FROM (SELECT b.n FROM t b) d )           | select t2 . n from ( select t1 . n from t ) )
            SELECT d.n FROM (SELECT b.n FROM t b) AS d, u e WHERE e.m = 1 ) | select t2 . n from ( select t1 . n from t ) , u where t3 . m = 1 )
            SELECT x.a FROM (s x JOIN t y ON x.i = y.i) )       | select t1 . a from ( s join t on t1 . i = t2 . i ) )
            SELECT d.n FROM (WITH c AS (SELECT 1) SELECT c.n FROM c) d ) | select t2 . n from ( with c ( select 1 ) select t1 . n from c ) )
            SELECT x.a FROM s x UNION SELECT x.a FROM t x )     | select t1 . a from s union select t2 . a from t )
            SELECT x.a FROM s x WHERE x.b IN (SELECT y.b FROM t y WHERE y.c = x.c) AND x.d = 2 ) | select t1 . a from s where t1 . b in ( select t2 . b from t where t2 . c = t1 . c ) and t1 . d = 2 )
            SELECT x.a FROM s x WHERE x.b IN (SELECT x.b FROM t x) ) | select t1 . a from s where t1 . b in ( select t2 . b from t ) )
            SELECT a FROM s x WHERE b IN (1, c) GROUP BY a, c y ) | select a from s where b in ( 1 , c ) group by a , c y )
            SELECT x.a FROM main.s x )                          | select t1 . a from main . s )
            SELECT "X".a FROM s "X" )                           | select t1 . a from s )
            SELECT `X`.a FROM s [x] )                           | select t1 . a from s )
            SELECT z.a, x FROM s x )                            | select z . a , x from s )
            SELECT count(x.a) FROM s x ORDER BY x.b LIMIT 1 )   | select count ( t1 . a ) from s order by t1 . b limit 1 )
            SELECT x.a FROM s x JOIN                            | select t1 . a from s join
            SELECT x.a FROM                                     | select x . a from
            """)
    void inATextThatIsNoQuery(String text, String normal) {
        assertThat(SqlNormalizer.normalise(text)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            SELECT T1.* FROM s AS T1                            | select t1 . * from s
            SELECT y.*, x.a FROM s x JOIN t y                   | select t2 . * , t1 . a from s join t
            SELECT z.* FROM s x                                 | select z . * from s
            SELECT (SELECT y.b FROM t y), x.a FROM s x          | select ( select t1 . b from t ) , t2 . a from s
            SELECT x.rowid FROM s x                             | select t1 . rowid from s
            SELECT a FROM s x                                   | select a from s
            SELECT z.a FROM s x                                 | select z . a from s
            """)
    void inAQuery(String sql, String normal) {
        assertThat(SqlNormalizer.normalise(sql)).isEqualTo(normal);
    }
}
