package org.sqltune.core.sql.hardness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryHardnessTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT count(*) FROM singer                                                             | EASY
            SELECT name FROM singer WHERE age > 3                                                   | EASY
            SELECT name, age FROM singer ORDER BY age                                               | MEDIUM
            SELECT avg(age), min(age) FROM singer WHERE country = 'France'                          | MEDIUM
            SELECT T2.name, count(*) FROM a AS T1 JOIN b AS T2 ON T1.x = T2.x GROUP BY T1.x         | MEDIUM
            SELECT name FROM a WHERE x IN (SELECT x FROM b)                                         | HARD
            SELECT a FROM t WHERE b = 1 UNION SELECT a FROM t WHERE c = 2 AND d = 3 AND e = 4       | HARD
            SELECT name FROM t WHERE a LIKE '%x%' OR b = 2                                          | HARD
            SELECT T1.n FROM a AS T1 JOIN b AS T2 ON T1.x = T2.x GROUP BY T1.x ORDER BY count(*) DESC LIMIT 1 | EXTRA
            SELECT a, b FROM t WHERE c = (SELECT max(c) FROM t)                                     | EXTRA
            SELECT name FROM t WHERE a BETWEEN 1 AND 2                                              | EASY
            not SQL at all                                                                          | EASY
            """)
    void gradesAreSpiders(String sql, QueryHardness hardness) {
        assertThat(QueryHardness.of(sql)).isEqualTo(hardness);
    }
}
