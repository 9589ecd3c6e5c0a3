package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0", "12", "1.", "1.5", ".5", "1e3", "1E+3", "1.5e-3", "0xFF", "0Xa1", "1_000", "1_0.0_1", "0xFF_FF",
                "00"
            })
    void numbersAreWhatSqliteTakesForNumbers(String number) {
        assertThat(only(number).kind()).isEqualTo(Kind.NUMBER);
        assertThat(SqlScanner.scan(number + " x")).hasSize(2);
        assertThat(SqlScanner.scan(number + "+1").get(0).text()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "1e", "1e+", "0x", "0xg", "1__0", "1_", "1.5x", "12é", "1$"})
    void aNumberThatRunsIntoAWordIsNeither(String text) {
        assertThat(SqlScanner.scan(text).get(0).kind()).isEqualTo(Kind.ILLEGAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x'0'", "x'0g'", "x'00", "X'abc'", "'a", "\"a", "`a", "[a", "!", "#", "@", "$", ":", "\\", "{"})
    void whatIsNoTokenIsIllegal(String text) {
        assertThat(SqlScanner.scan(text).get(0).kind()).isEqualTo(Kind.ILLEGAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(", ")", "+", "-", "*", "/", "%", ",", ".", ";", "=", "<", ">", "&", "|", "~", "->>", "->", "||", "<=",
                ">=", "<>", "!=", "==", "<<", ">>"
            })
    void symbolsAreAsLongAsTheyCanBe(String symbol) {
        assertThat(only(symbol).kind()).isEqualTo(Kind.SYMBOL);
        assertThat(only(symbol).isSymbol(symbol)).isTrue();
    }

    @Test
    void symbolsThatFollowEachOtherAreCutFromTheLeft() {
        assertThat(texts("a<=>b->>>c==-1")).containsExactly("a", "<=", ">", "b", "->>", ">", "c", "==", "-", "1");
        assertThat(texts("1-2--3")).containsExactly("1", "-", "2");
        assertThat(texts("a.b..5")).containsExactly("a", ".", "b", ".", ".5");
    }

    @Test
    void questionMarksTakeDigitsOnly() {
        assertThat(texts("?a ?1a")).containsExactly("?", "a", "?1", "a");
    }

    @Test
    void anXIsAWordUnlessAQuoteFollows() {
        assertThat(texts("x xy X'00'x x '00'")).containsExactly("x", "xy", "X'00'", "x", "x", "'00'");
    }

    @Test
    void whiteSpaceIsWhatSqliteTakesForIt() {
        assertThat(texts("a\tb\nc\rd\fe f")).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(SqlScanner.scan("")).isEmpty();
        assertThat(SqlScanner.scan(" \n")).isEmpty();
    }

    @Test
    void quotesComeOffAndDoubledOnesBecomeSingle() {
        assertThat(only("'a''b'").content()).isEqualTo("a'b");
        assertThat(only("`a``b`").content()).isEqualTo("a`b");
        assertThat(only("\"\"").content()).isEmpty();
        assertThat(only("12").content()).isEqualTo("12");
        assertThat(only("[a]").content()).isEqualTo("a");
        assertThat(only("SeLect").lowerCase()).isEqualTo("select");
        assertThat(only("SeLect").isWord("select")).isTrue();
        assertThat(only("'select'").isWord("select")).isFalse();
        assertThat(only("'('").isSymbol("(")).isFalse();
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
