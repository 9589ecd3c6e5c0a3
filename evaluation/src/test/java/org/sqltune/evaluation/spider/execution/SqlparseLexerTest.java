package org.sqltune.evaluation.spider.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sqltune.evaluation.spider.execution.SqlparseLexer.SqlparseToken;

class SqlparseLexerTest {
    /** SQLite doesn't take such a blank for one, so that the reference finds a second statement there. */
    @Test
    void pythonsBlanksBehindASemicolonBelongToTheFirstStatement() {
        assertThat(firstStatement("SELECT 1;\u001c\u0085 SELECT 2")).isEqualTo("SELECT 1;\u001c\u0085 ");
        assertThat(firstStatement("SELECT 1; -- one\nSELECT 2")).isEqualTo("SELECT 1; -- one\n");
    }

    private static String firstStatement(String sql) {
        return SqlparseLexer.firstStatement(sql).stream()
                .map(SqlparseToken::text)
                .collect(Collectors.joining());
    }
}
