package org.sqltune.synthesis.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.grammar.Choice;

class EverydayPairsTest {
    private static final EverydayWords WORDS = EverydayWords.standard();

    private static final Schema SHOP = new Schema(
            "shop",
            List.of(new Table(
                    "customers",
                    List.of(new Column("name", "text", false), new Column("buyer_segment", "text", false)))),
            List.of());

    @Test
    void valuesKeepTheirSpellingExceptForTheirCase() {
        String sql = "SELECT name FROM customers WHERE segment = 'More Than Show'";
        for (String said : said("List the names of customers whose segment is 'More Than Show'.", sql, Set.of())) {
            assertThat(said.toLowerCase(Locale.ROOT)).contains("more than show");
        }
    }

    @Test
    void aValueMayStandBeforeItsNounAndItsColumnBeLeftOut() {
        String sql = "SELECT COUNT(*) FROM customers WHERE segment = 'Gold'";
        assertThat(said("How many customers whose segment is Gold are there?", sql, Set.of()))
                .anyMatch(each ->
                        each.matches("(?i).*gold (customers|clients|buyers|shoppers).*") && !each.contains("segment"));
    }

    @Test
    void questionsChangeInManyWays() {
        String sql = "SELECT COUNT(*) FROM customers WHERE age > 30";
        List<String> said = said("How many customers have an age of more than 30 are there?", sql, Set.of());
        assertThat(Set.copyOf(said)).hasSizeGreaterThan(100);
        assertThat(said).allMatch(each -> each.contains("30"));
        assertThat(said).anyMatch(each -> each.matches(".*(clients|buyers|shoppers).*"));
        assertThat(said).anyMatch(each -> each.matches(".*(over|above|upwards of|greater than) 30.*"));
        assertThat(said).anyMatch(each -> !each.endsWith("?") && !each.endsWith("."));
    }

    @Test
    void noSynonymIsAnotherNameOfTheSchemaAndAnOrderIsNoPurchaseInASorting() {
        String sql = "SELECT name FROM customers ORDER BY name DESC";
        Set<String> names = EverydayWords.words(List.of("buyer_segment", "Client", "shoppers"));
        assertThat(names).contains("buyer", "segment", "client", "clients", "shopper");
        assertThat(said("Show the name of customers in descending order.", sql, names))
                .noneMatch(each -> each.matches("(?i).*(buyer|client|shopper|purchase).*"));
    }

    @Test
    void pairsStayAndNewWordingsAddToThemNoneAskedTwiceOrHeldBack() {
        List<SyntheticPair> pairs = new ArrayList<>();
        for (int i = 11; i < 411; i++) {
            pairs.add(new SyntheticPair(
                    "How many customers have more than " + i + " points?",
                    "SELECT COUNT(*) FROM customers WHERE points > " + i,
                    QueryCategory.AGGREGATION,
                    "t",
                    "customers"));
        }
        List<SyntheticPair> said = new EverydayPairs(question -> !question.contains("over")).of(pairs, SHOP, 2, 3);

        assertThat(said).isEqualTo(new EverydayPairs(question -> !question.contains("over")).of(pairs, SHOP, 2, 3));
        assertThat(said.subList(0, 400)).isEqualTo(pairs);
        assertThat(said.size()).isBetween(700, 1200);
        assertThat(said.stream().map(pair -> QuestionText.normalised(pair.question())))
                .doesNotHaveDuplicates();
        assertThat(said).noneMatch(pair -> pair.question().contains("over"));
        for (SyntheticPair pair : said) {
            String number = pair.sql().replaceAll("\\D+", "");
            assertThat(pair.question().replaceAll("\\D+", "")).isEqualTo(number);
        }
    }

    @Test
    void aSmallNumberOfThingsIsSaidInWordsNowAndThen() {
        String sql = "SELECT name FROM customers ORDER BY age DESC LIMIT 5";

        assertThat(said("Show the top 5 customers by age.", sql, Set.of()))
                .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains("top five "))
                .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains("top 5 "));
    }

    @Test
    void aSynonymHasItsArticle() {
        String sql = "SELECT name FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM reviews)";

        assertThat(said("Find the customers without a review or an order.", sql, Set.of()))
                .anyMatch(each -> each.contains("an opinion") || each.contains("a purchase"))
                .noneMatch(each -> each.matches("(?i).*\\ba opinion.*|.*\\ban (?:purchase|feedback).*"));
    }

    @Test
    void theMostRecentIsNotANumber() {
        assertThat(said("Show the most recent orders.", "SELECT order_id FROM orders", Set.of()))
                .noneMatch(each -> each.matches("(?i).*number of (recent|latest|newest).*"));
    }

    @Test
    void aCommandIsNotPutBehindAnotherBeginning() {
        String sql = "SELECT name FROM customers WHERE age > 30";
        for (String said : said("Return the name of the customers with an age over 30.", sql, Set.of())) {
            assertThat(said).doesNotContainPattern("(?i)(know|is|see|at) the return");
        }
    }

    private static List<String> said(String question, String sql, Set<String> names) {
        Choice choice = new Choice(1);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            said.add(WORDS.of(question, sql, new HashSet<>(names), choice));
        }
        return said;
    }
}
