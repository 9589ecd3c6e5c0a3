package org.sqltune.evaluation.spider.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.syntax.SqlScanner;

class ScalarInListsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 IN ((SELECT 2)) | SELECT 1 IN (+(SELECT 2))",
                "SELECT 1 not in ( (select 2) ) AND 3 IN ((SELECT 4)) | SELECT 1 not in ( +(select 2) ) AND 3 IN (+(SELECT 4))",
                "SELECT 1 IN (((SELECT 2))) | SELECT 1 IN (+((SELECT 2)))",
                "SELECT 1 IN ((VALUES (2), (3))) | SELECT 1 IN (+(VALUES (2), (3)))",
                "SELECT 1 IN ((SELECT 2 WHERE 3 IN ((SELECT 4)))) | SELECT 1 IN (+(SELECT 2 WHERE 3 IN (+(SELECT 4))))"
            })
    void aQueryInTwoPairsOfParenthesesIsAListOfOneValue(String sql, String kept) {
        assertThat(keep(sql)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 IN (SELECT 2)",
                "SELECT 1 IN ((SELECT 2), 3)",
                "SELECT 1 IN ((SELECT 2) + 1)",
                "SELECT 1 IN ((1))",
                "SELECT 1 = ((SELECT 2))",
                "SELECT 1 IN ((SELECT 2 UNION SELECT 3) UNION SELECT 4)",
                "SELECT 1 IN ((SELECT 2)",
                "SELECT 1 IN ((",
                "SELECT 'in ((select 1))'"
            })
    void everythingElseStaysAsItIs(String sql) {
        assertThat(keep(sql)).isEqualTo(sql);
    }

    private static String keep(String sql) {
        return ScalarInLists.keep(sql, SqlScanner.scan(sql));
    }
}
