package org.sqltune.core.sql.hardness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

    /** Parentheses say nothing on the tree; the tokens of a broken query in them aren't counted. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT a FROM t WHERE (b = 1 OR c = 2) AND d = 3                                        | MEDIUM
            SELECT CAST(sum(a) AS REAL) / count(b) FROM t                                           | MEDIUM
            SELECT max(a) - min(a) FROM t                                                           | MEDIUM
            SELECT max(count(a), sum(b)) FROM t                                                     | EASY
            SELECT a FROM t ORDER BY b > 1 OR c < 2                                                 | EASY
            SELECT a FROM t WHERE b NOT IN (1) AND NOT c                                            | MEDIUM
            SELECT a FROM t GROUP BY a HAVING count(*) > 1 AND sum(b) > 2 AND min(b) > 3            | MEDIUM
            SELECT a FROM t GROUP BY a, b                                                           | MEDIUM
            SELECT a FROM t WHERE b = 1 AND c LIKE 'x'                                              | MEDIUM
            SELECT a FROM t JOIN u ON t.x = u.x OR t.y = u.y                                        | MEDIUM
            SELECT a, b FROM t, u, v, w                                                             | HARD
            SELECT a FROM t, u, v, w, x                                                             | EXTRA
            SELECT a FROM t WHERE EXISTS (SELECT 1)                                                 | HARD
            SELECT a FROM t GROUP BY a HAVING count(*) > (SELECT 1)                                 | HARD
            SELECT a FROM t WHERE b = (SELECT 1) AND c = (SELECT 2)                                 | EXTRA
            SELECT a, b FROM t ORDER BY a LIMIT 1                                                   | MEDIUM
            SELECT a FROM t EXCEPT SELECT b FROM u ORDER BY 1 LIMIT 2                               | HARD
            SELECT a FROM (SELECT b FROM t)                                                         | EASY
            VALUES (1) UNION SELECT 2                                                               | EASY
            """)
    void theTreeIsCounted(String sql, QueryHardness hardness) {
        assertThat(QueryHardness.of(sql)).isEqualTo(hardness);
    }

    /** {@code eval_hardness}: clauses, others, nested. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, EASY", "1, 0, 0, EASY", "1, 1, 0, MEDIUM", "1, 2, 0, MEDIUM", "2, 0, 0, MEDIUM", "2, 1, 0, MEDIUM",
        "1, 3, 0, HARD", "2, 3, 0, HARD", "3, 0, 0, HARD", "3, 2, 0, HARD", "0, 0, 1, HARD", "1, 0, 1, HARD",
        "2, 2, 0, EXTRA", "3, 3, 0, EXTRA", "4, 0, 0, EXTRA", "2, 0, 1, EXTRA", "1, 1, 1, EXTRA", "0, 0, 2, EXTRA"
    })
    void theThresholdsAreTheOfficialOnes(int clauses, int others, int nested, QueryHardness hardness) {
        assertThat(QueryHardness.of(clauses, others, nested)).isEqualTo(hardness);
    }

    /** {@code eval_hardness} as it is written in Python, for every count that a query can have and more. */
    @Test
    void everyCombinationOfCountsHasTheOfficialGrade() {
        for (int clauses = 0; clauses <= 6; clauses++) {
            for (int others = 0; others <= 5; others++) {
                for (int nested = 0; nested <= 3; nested++) {
                    assertThat(QueryHardness.of(clauses, others, nested))
                            .as("clauses %d, others %d, nested %d", clauses, others, nested)
                            .isEqualTo(official(clauses, others, nested));
                }
            }
        }
    }

    private static QueryHardness official(int comp1, int others, int comp2) {
        if (comp1 <= 1 && others == 0 && comp2 == 0) {
            return QueryHardness.EASY;
        } else if ((others <= 2 && comp1 <= 1 && comp2 == 0) || (comp1 <= 2 && others < 2 && comp2 == 0)) {
            return QueryHardness.MEDIUM;
        } else if ((others > 2 && comp1 <= 2 && comp2 == 0)
                || (2 < comp1 && comp1 <= 3 && others <= 2 && comp2 == 0)
                || (comp1 <= 1 && others == 0 && comp2 <= 1)) {
            return QueryHardness.HARD;
        } else {
            return QueryHardness.EXTRA;
        }
    }

    @Test
    void labelsAreInLowerCase() {
        assertThat(QueryHardness.EXTRA.label()).isEqualTo("extra");
    }

    /** The token count, of which {@link #gradesAreSpiders} is the tree's: broken at the end, the same grades. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT count(*) FROM singer                                                             | EASY
            SELECT name, age FROM singer ORDER BY age                                               | MEDIUM
            SELECT avg(age), min(age) FROM singer WHERE country = 'France'                          | MEDIUM
            SELECT name FROM a WHERE x IN (SELECT x FROM b)                                         | HARD
            SELECT a FROM t WHERE b = 1 UNION SELECT a FROM t WHERE c = 2 AND d = 3 AND e = 4       | HARD
            SELECT name FROM t WHERE a LIKE '%x%' OR b = 2                                          | HARD
            SELECT a, b FROM t WHERE c = (SELECT max(c) FROM t)                                     | EXTRA
            SELECT name FROM t WHERE a BETWEEN 1 AND 2                                              | EASY
            SELECT a FROM t WHERE NOT b = 1 AND NOT c = 2                                           | MEDIUM
            SELECT a FROM t GROUP BY a, b HAVING count(*) > 1 AND sum(b) > 2                        | MEDIUM
            SELECT a FROM t, u, v WHERE t.order = 1                                                 | HARD
            """)
    void brokenQueriesAreCountedByTheirTokens(String sql, QueryHardness hardness) {
        assertThat(QueryHardness.of(sql + " ]")).isEqualTo(hardness);
    }
}
