package org.sqltune.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistinctRuleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            SELECT DISTINCT a FROM t                            | SELECT  a FROM t
            SELECT count(distinct a), DISTINCT FROM t           | SELECT count( a),  FROM t
            SELECT a FROM t WHERE b IS DISTINCT FROM c          | SELECT a FROM t WHERE b IS DISTINCT FROM c
            SELECT a FROM t WHERE b IS NOT DISTINCT FROM c      | SELECT a FROM t WHERE b IS NOT DISTINCT FROM c
            SELECT "distinct" FROM t                            | SELECT "distinct" FROM t
            DISTINCT                                            |
            """)
    void distinctIsTakenOutButForComparisons(String sql, String without) {
        assertThat(DistinctRule.IGNORED.apply(sql)).isEqualTo(without == null ? "" : without);
        assertThat(DistinctRule.KEPT.apply(sql)).isEqualTo(sql);
    }
}
