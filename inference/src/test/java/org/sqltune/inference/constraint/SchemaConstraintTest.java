package org.sqltune.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.model.generation.TokenConstraint;
import org.sqltune.model.tokenizer.TokenBytes;

class SchemaConstraintTest {
    /** A tokenizer of single bytes, and a few words with a space in front. */
    private static final List<String> WORDS =
            List.of("SELECT", " FROM", " name", " city", " total", " customers", " orders", " WHERE", "total FROM");

    private static final Schema SHOP = new Schema(
            "shop",
            List.of(
                    new Table("customers", List.of(column("name"), column("city"))),
                    new Table("orders", List.of(column("total")))),
            List.of());

    private static final TokenBytes TOKENS = tokens();

    private static Column column(String name) {
        return new Column(name, "text", false);
    }

    private static TokenBytes tokens() {
        byte[][] bytes = new byte[256 + WORDS.size()][];
        for (int i = 0; i < 256; i++) {
            bytes[i] = new byte[] {(byte) i};
        }
        for (int i = 0; i < WORDS.size(); i++) {
            bytes[256 + i] = WORDS.get(i).getBytes(StandardCharsets.UTF_8);
        }
        return TokenBytes.of(bytes);
    }

    private final Constraints constraints = new Constraints(() -> TOKENS);

    private static int word(String word) {
        return 256 + WORDS.indexOf(word);
    }

    private static boolean allows(TokenConstraint constraint, String word) {
        return BitSet.valueOf(constraint.allowed(256)).get(word(word));
    }

    private TokenConstraint after(String... words) {
        TokenConstraint constraint = constraints.of(SHOP).orElseThrow();
        for (String word : words) {
            constraint.advance(word(word));
        }
        return constraint;
    }

    @Test
    void fromCannotBeLeftBeforeItHasWhatWasSelected() {
        TokenConstraint right = after("SELECT", " name", " FROM", " customers");
        assertThat(allows(right, " WHERE")).isTrue();
        assertThat(right.mayEnd()).isTrue();
        TokenConstraint open = after("SELECT", " name", " FROM", " orders");
        assertThat(allows(open, " WHERE")).isFalse();
        assertThat(open.mayEnd()).isFalse();
    }

    @Test
    void aTokenMayEndInsideAName() {
        TokenConstraint constraint = after("SELECT");
        constraint.advance(' ');
        constraint.advance('t');
        constraint.advance('o');
        BitSet allowed = BitSet.valueOf(constraint.allowed(256));
        // total and the function total: t goes on, x doesn't.
        assertThat(allowed.get('t')).isTrue();
        assertThat(allowed.get('x')).isFalse();
    }

    @Test
    void whatIsNotAllowedIsRefused() {
        TokenConstraint constraint = after("SELECT", " name", " FROM");
        assertThatThrownBy(() -> constraint.advance(word(" WHERE"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCopyGoesOnByItself() {
        TokenConstraint one = after("SELECT", " name");
        TokenConstraint other = one.copy();
        other.advance(word(" FROM"));
        assertThat(allows(one, " FROM")).isTrue();
        assertThat(allows(other, " customers")).isTrue();
    }

    @Test
    void nearTheLimitOnlyTheWayToTheEndIsLeft() {
        TokenConstraint constraint = after("SELECT", " name");
        int left = 3;
        while (!constraint.mayEnd()) {
            BitSet allowed = BitSet.valueOf(constraint.allowed(left--));
            assertThat(allowed.cardinality()).isPositive();
            constraint.advance(allowed.length() - 1);
        }
        assertThat(left).isNotNegative();
    }

    @Test
    void aTokenIsAllowedWhereItsBitIsSet() {
        for (int left : new int[] {3, 8, 20, 40, 300}) {
            TokenConstraint constraint = after("SELECT", " name", " FROM");
            BitSet allowed = BitSet.valueOf(constraint.allowed(left));
            for (int token = 0; token < TOKENS.size(); token++) {
                TokenConstraint same = after("SELECT", " name", " FROM");
                assertThat(same.allows(token, left)).as(token + " of " + left).isEqualTo(allowed.get(token));
            }
        }
    }

    @Test
    void theShortestWayToAnEndIsKnownEverywhere() {
        TokenConstraint constraint = after("SELECT", " name", " FROM", " orders");
        assertThat(constraint.mayEnd()).isFalse();
        for (int token : constraint.ending()) {
            constraint.advance(token);
        }
        assertThat(constraint.mayEnd()).isTrue();
        assertThat(constraint.ending()).isEmpty();
    }

    @Test
    void aTextThatDoesNotEndIsEnded() {
        TokenConstraint constraint = after("SELECT");
        constraint.advance('\'');
        int tokens = 0;
        while (constraint.allows('x', 10_000) && tokens < 1_000) {
            constraint.advance('x');
            tokens++;
        }
        assertThat(tokens).isBetween(50, 200);
        assertThat(BitSet.valueOf(constraint.allowed(10_000)).stream().toArray())
                .containsExactly('\'');
    }

    @Test
    void aTextIsKeptFromControlCharacters() {
        TokenConstraint constraint = after("SELECT");
        constraint.advance('\'');
        BitSet allowed = BitSet.valueOf(constraint.allowed(256));
        assertThat(allowed.get('x')).isTrue();
        assertThat(allowed.get(word("total FROM"))).isTrue();
        assertThat(allowed.get(0)).isFalse();
        assertThat(allowed.get('\'')).isTrue();
    }

    @Test
    void anAnswerThatCannotGoOnEndsThere() {
        // A tokenizer without FROM: nothing can follow the name.
        byte[][] few = new byte[6][];
        few[0] = "SELECT".getBytes(StandardCharsets.UTF_8);
        few[1] = " name".getBytes(StandardCharsets.UTF_8);
        for (int i = 2; i < few.length; i++) {
            few[i] = new byte[] {(byte) "name".charAt(i - 2)};
        }
        TokenBytes pieces = TokenBytes.of(few);
        Schema one = new Schema("one", List.of(new Table("name", List.of(column("name")))), List.of());
        TokenConstraint constraint = new Constraints(() -> pieces).of(one).orElseThrow();
        constraint.advance(0);
        constraint.advance(1);
        assertThat(BitSet.valueOf(constraint.allowed(256))).isEqualTo(new BitSet());
        assertThat(constraint.mayEnd()).isFalse();
        assertThat(constraint.allows(1, 256)).isFalse();
        assertThat(constraint.ending()).isEmpty();
        assertThatThrownBy(() -> constraint.advance(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesThatTheTokenizerCannotSpellAreLeftOutAndTheOthersStay() {
        byte[][] ascii = new byte[128][];
        for (int i = 0; i < 128; i++) {
            ascii[i] = new byte[] {(byte) i};
        }
        TokenBytes pieces = TokenBytes.of(ascii);
        Schema strange = new Schema(
                "strange",
                List.of(
                        new Table("名前", List.of(column("id"))),
                        new Table("people", List.of(column("straße"), column("street")))),
                List.of());
        TokenConstraint constraint = new Constraints(() -> pieces).of(strange).orElseThrow();
        for (char each : "SELECT str".toCharArray()) {
            constraint.advance(each);
        }
        BitSet allowed = BitSet.valueOf(constraint.allowed(256));
        assertThat(allowed.get('e')).isTrue();
        assertThat(allowed.get('a')).isFalse();
        for (int token : constraint.ending()) {
            constraint.advance(token);
        }
        assertThat(constraint.mayEnd()).isTrue();
    }

    @Test
    void theGrammarAloneTakesAnyName() {
        TokenConstraint constraint =
                constraints.ofGrammar(new VerbatimSchema("CREATE TABLE x (y)")).orElseThrow();
        for (char each : "SELECT foo.bar, baz FROM qux".toCharArray()) {
            constraint.advance(each);
        }
        assertThat(constraint.mayEnd()).isTrue();
        assertThat(allows(constraint, " WHERE")).isTrue();
        assertThat(allows(constraint, " FROM")).isFalse();
        assertThat(constraints.ofGrammar(SHOP.withDialect(SqlDialect.POSTGRES))).isEmpty();
    }

    @Test
    void withoutKnownNamesOfSqliteThereIsNoConstraint() {
        assertThat(constraints.of(new VerbatimSchema("CREATE TABLE customers (name)")))
                .isEmpty();
        assertThat(constraints.of(SHOP.withDialect(SqlDialect.POSTGRES))).isEmpty();
        assertThat(constraints.of(new Schema("empty", List.of(), List.of()))).isEmpty();
    }
}
