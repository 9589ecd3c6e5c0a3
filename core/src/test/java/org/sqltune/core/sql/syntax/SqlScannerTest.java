package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

class SqlScannerTest {
    @Test
    void wordsNumbersAndSymbolsAreToldApart() {
        assertThat(texts("SELECT a.b,count(*) FROM t WHERE x>=1.5e-3 AND y<>.5"))
                .containsExactly(
                        "SELECT", "a", ".", "b", ",", "count", "(", "*", ")", "FROM", "t", "WHERE", "x", ">=", "1.5e-3",
                        "AND", "y", "<>", ".5");
    }

    @Test
    void aDoubledQuoteStandsForItself() {
        SqlToken token = only("'it''s; -- no comment'");
        assertThat(token.kind()).isEqualTo(Kind.STRING);
        assertThat(token.content()).isEqualTo("it's; -- no comment");
    }

    @Test
    void everyKindOfQuoteIsKnown() {
        assertThat(only("\"a\"\"b\"").content()).isEqualTo("a\"b");
        assertThat(only("`a b`").kind()).isEqualTo(Kind.QUOTED_NAME);
        assertThat(only("[a 'b]").content()).isEqualTo("a 'b");
        assertThat(only("x'CAFE'").kind()).isEqualTo(Kind.BLOB);
    }

    @Test
    void commentsAreNoTokens() {
        assertThat(texts("a -- b ; c\n/* d ; ' */ e /* never closed")).containsExactly("a", "e");
    }

    @Test
    void aQuoteThatIsNeverClosedIsIllegal() {
        assertThat(SqlScanner.scan("SELECT 'abc").get(1).kind()).isEqualTo(Kind.ILLEGAL);
        assertThat(SqlScanner.scan("[abc").get(0).kind()).isEqualTo(Kind.ILLEGAL);
    }

    @Test
    void wordsMayBeOfAnyScript() {
        assertThat(texts("SELECT 名字 FROM größe")).containsExactly("SELECT", "名字", "FROM", "größe");
    }

    @Test
    void parametersAreTokens() {
        assertThat(SqlScanner.scan("? ?12 :a @b $c").stream().map(SqlToken::kind))
                .containsOnly(Kind.PARAMETER)
                .hasSize(5);
    }

    @Test
    void tokensKnowWhereTheyStand() {
        SqlToken from = SqlScanner.scan("SELECT 1 FROM t").get(2);
        assertThat(from.start()).isEqualTo(9);
        assertThat(from.end()).isEqualTo(13);
    }

    private static List<String> texts(String sql) {
        return SqlScanner.scan(sql).stream().map(SqlToken::text).toList();
    }

    private static SqlToken only(String sql) {
        List<SqlToken> tokens = SqlScanner.scan(sql);
        assertThat(tokens).hasSize(1);
        return tokens.get(0);
    }
}
