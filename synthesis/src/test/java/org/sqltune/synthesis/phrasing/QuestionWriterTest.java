package org.sqltune.synthesis.phrasing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.ProfiledValue;
import org.sqltune.synthesis.profile.TableProfile;

class QuestionWriterTest {
    private static final ColumnProfile NAME = column("name", ColumnRole.NAME);
    private static final ColumnProfile PRICE = column("price", ColumnRole.NUMBER);
    private static final TableProfile PRODUCTS = new TableProfile("products", List.of(NAME, PRICE), 10);

    private final QuestionWriter writer = new QuestionWriter();

    @Test
    void oneDraftIsAskedInManyWays() {
        Set<String> asked = asked(column(NAME), 200);

        assertThat(asked).hasSizeGreaterThan(10);
        assertThat(asked).allMatch(question -> question.toLowerCase(Locale.ROOT).contains("product"));
    }

    @Test
    void equalDiceAskEqually() {
        assertThat(writer.write(column(PRICE), new Choice(4))).isEqualTo(writer.write(column(PRICE), new Choice(4)));
    }

    @Test
    void aPoliteQuestionEndsAsItBegins() {
        Set<String> asked = asked(column(NAME), 2000);

        assertThat(asked).anyMatch(question -> question.startsWith("Please "));
        assertThat(asked.stream().filter(question -> question.matches("(Can|Could) you .*")))
                .isNotEmpty()
                .allMatch(question -> !question.endsWith("."));
        assertThat(asked.stream().filter(question -> question.startsWith("Please ")))
                .allMatch(question -> Character.isLowerCase(question.charAt("Please ".length())));
    }

    @Test
    void nowAndThenTheEndIsLeftOut() {
        List<String> asked = new ArrayList<>();
        for (long seed = 0; seed < 1000; seed++) {
            asked.add(writer.write(column(NAME), new Choice(seed)));
        }
        long open =
                asked.stream().filter(question -> !question.matches(".*[.?]")).count();

        assertThat(open).as("half sentences, and questions without their mark").isBetween(100L, 300L);
    }

    @Test
    void aSectionThatNoBookHasIsNamed() {
        Draft draft = Draft.of("no-such-section", Select.of("products", "name"));

        assertThatThrownBy(() -> writer.write(draft, new Choice(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No phrase book has a section [no-such-section]");
    }

    @Test
    void aTermThatThePhraseLacksIsNamed() {
        Draft draft = Draft.of("column", Select.of("products", "name")).with("table", new Term.Entity(PRODUCTS));

        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < 50; seed++) {
                        writer.write(draft, new Choice(seed));
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("column");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list the {a}                | list the order date",
                "order {a}                   | order date",
                "order {a} of the {b}        | order date of the order",
                "the value {value} {value}   | the value order order",
                "{b}                         | order",
                "plain                       | plain"
            })
    void aWordIsNotSaidTwiceInARow(String pattern, String filled) {
        Map<String, String> words = Map.of("a", "order date", "b", "order", "value", "order");

        assertThat(Sentence.fill(pattern, words::get).strip()).isEqualTo(filled);
    }

    @Test
    void aColumnMentionedTwiceIsCalledTheSame() {
        ColumnProfile date = column("order_date", ColumnRole.DATE);
        TableProfile orders = new TableProfile("orders", List.of(date), 5);
        Term.Attribute attribute = new Term.Attribute(orders, date);
        for (long seed = 0; seed < 30; seed++) {
            Sentence sentence = new Sentence(new Choice(seed));

            assertThat(sentence.call(attribute))
                    .isEqualTo(sentence.call(attribute))
                    .isIn("date", "order date");
        }
    }

    @Test
    void whatIsSaidOfPeopleIsNotSaidOfThings() {
        TableProfile doctors = new TableProfile("doctors", List.of(NAME), 5);
        List<String> phrases = List.of("@who {who} earn", "@that {that} cost", "both");

        assertThat(PhraseBook.about(doctors, phrases)).containsExactly("{who} earn", "both");
        assertThat(PhraseBook.about(PRODUCTS, phrases)).containsExactly("{that} cost", "both");
    }

    @Test
    void aBookThatIsMissingIsNamed() {
        assertThatThrownBy(() -> PhraseBook.read("no-such-book.txt"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-book.txt");
    }

    private static Draft column(ColumnProfile column) {
        return Draft.of("column", Select.of("products", column.name()))
                .with("table", new Term.Entity(PRODUCTS))
                .with("column", new Term.Attribute(PRODUCTS, column));
    }

    private Set<String> asked(Draft draft, int times) {
        Set<String> asked = new TreeSet<>();
        for (long seed = 0; seed < times; seed++) {
            asked.add(writer.write(draft, new Choice(seed)));
        }
        return asked;
    }

    private static ColumnProfile column(String name, ColumnRole role) {
        return new ColumnProfile(name, role, List.of(ProfiledValue.ofNumber(1), ProfiledValue.ofNumber(2)), 10, 0);
    }
}
