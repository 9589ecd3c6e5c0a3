package org.sqltune.core.sql.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.example.QueryCategory;

class QueryCategoryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SIMPLE      | SELECT name FROM singer ORDER BY age DESC LIMIT 3",
                "SIMPLE      | SELECT DISTINCT a, b FROM t ORDER BY a, b",
                "SIMPLE      | SELECT max(a, b), 'a WHERE b JOIN (SELECT' FROM t -- UNION",
                "SIMPLE      | VALUES (1, 2)",
                "SIMPLE      | no SQL at all",
                "FILTER      | SELECT name FROM singer WHERE age > 20 AND country = 'France, north'",
                "FILTER      | SELECT a FROM t WHERE b IN (1, 2)",
                "AGGREGATION | SELECT count(*) FROM singer WHERE age > 20",
                "AGGREGATION | SELECT country FROM singer GROUP BY country",
                "AGGREGATION | SELECT MAX (abs(a)) FROM t",
                "AGGREGATION | SELECT sum(a) OVER (PARTITION BY b) FROM t",
                "JOIN        | SELECT count(*) FROM a JOIN b ON a.id = b.id WHERE a.x = 1",
                "JOIN        | SELECT a.x FROM a, b WHERE a.id = b.id",
                "JOIN        | SELECT x FROM (a LEFT JOIN b USING (id))",
                "NESTED      | SELECT a FROM t WHERE b = (SELECT max(b) FROM t)",
                "NESTED      | SELECT a FROM s JOIN r ON 1 EXCEPT SELECT a FROM t",
                "NESTED      | WITH x AS (SELECT 1) SELECT * FROM x",
                "NESTED      | SELECT a FROM (SELECT a FROM t)",
                "NESTED      | SELECT a FROM t LIMIT (SELECT 3)"
            })
    void aQueryIsOfTheLastKindThatFits(QueryCategory category, String sql) {
        assertThat(QueryFacts.categoryOf(sql)).isEqualTo(category);
    }
}
