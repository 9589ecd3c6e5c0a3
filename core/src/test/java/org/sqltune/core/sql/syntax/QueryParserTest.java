package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Select;

class QueryParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "1 + 2 * 3 ~ 1 + (2 * 3)",
                "a = b < c ~ a = (b < c)",
                "NOT a = b ~ NOT (a = b)",
                "a OR b AND c ~ a OR (b AND c)",
                "a || b * 2 ~ (a || b) * 2",
                "-a || b ~ (-a) || b",
                "a IS NOT b AND c ~ (a IS NOT b) AND c",
                "a BETWEEN 1 AND 2 AND b ~ (a BETWEEN 1 AND 2) AND b",
                "a == b ~ a = b",
                "a IS NOT NULL ~ a NOTNULL",
                "a NOT LIKE b OR c ~ (a NOT LIKE b) OR c"
            })
    void operatorsBindAsInSqlite(String bare, String bracketed) {
        assertThat(expression(bare)).isEqualTo(expression(bracketed));
    }

    @Test
    void limitWithACommaPutsTheOffsetFirst() {
        assertThat(QueryParser.parse("SELECT 1 LIMIT 2, 3;")).isEqualTo(QueryParser.parse("SELECT 1 LIMIT 3 OFFSET 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT 1 FROM",
                "SELECT 1; DROP TABLE a",
                "DELETE FROM a",
                "SELECT (1",
                "SELECT 'open",
                "SELECT a FROM b WHERE",
                "SELECT rank() OVER (ORDER BY a) FROM b"
            })
    void whatIsNoQueryIsNamed(String sql) {
        assertThatThrownBy(() -> QueryParser.parse(sql)).isInstanceOf(SqlSyntaxException.class);
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackEnds() {
        String sql = "SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000);
        assertThatThrownBy(() -> QueryParser.parse(sql))
                .isInstanceOf(SqlSyntaxException.class)
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> QueryParser.parse("SELECT " + "NOT ".repeat(100_000) + "1"))
                .isInstanceOf(SqlSyntaxException.class);
    }

    private static Expression expression(String sql) {
        Select select = (Select) QueryParser.parse("SELECT " + sql).body();
        return ((Column) select.results().get(0)).value();
    }
}
