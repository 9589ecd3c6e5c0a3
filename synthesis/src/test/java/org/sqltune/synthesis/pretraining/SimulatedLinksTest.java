package org.sqltune.synthesis.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.synthesis.invention.Sampler;

class SimulatedLinksTest {
    private static final Schema BANK = new Schema(
            "bank",
            List.of(
                    new Table(
                            "accounts",
                            List.of(new Column("account_type", "text", false), new Column("balance", "real", false))),
                    new Table(
                            "customers",
                            List.of(new Column("city", "text", false), new Column("account_type", "text", false)))),
            List.of());

    private static final String SQL = "SELECT balance FROM accounts WHERE account_type = 'Savings account'";
    private static final ValueLink GOLD = new ValueLink("accounts", "account_type", "Savings account");

    private static List<List<ValueLink>> often(String question, String sql, KnownTexts known) {
        SimulatedLinks links = new SimulatedLinks(new Sampler(7));
        return IntStream.range(0, 400)
                .mapToObj(i -> links.of(question, sql, BANK, known))
                .toList();
    }

    @Test
    void aSpokenValueIsNearlyAlwaysLinkedWhateverItsCaseAndNumber() {
        List<List<ValueLink>> all = often("Balances of all savings accounts?", SQL, new KnownTexts());

        assertThat(all.stream().filter(links -> links.contains(GOLD)).count()).isBetween(350L, 399L);
    }

    @Test
    void whatTheQuestionDoesNotSayIsNeverGivenAway() {
        List<List<ValueLink>> all = often("Which balances are ours?", SQL, new KnownTexts());

        assertThat(all).noneMatch(links -> links.contains(GOLD));
    }

    @Test
    void theSameTextStandsNowAndThenUnderASecondColumnMostlyOneOfThatName() {
        List<ValueLink> others = new ArrayList<>();
        often("Balances of savings accounts?", SQL, new KnownTexts())
                .forEach(links -> links.stream()
                        .filter(link -> link.value().equals(GOLD.value()) && !link.equals(GOLD))
                        .forEach(others::add));

        assertThat(others).hasSizeBetween(25, 100).allMatch(link -> link.table().equals("customers"));
        assertThat(others)
                .filteredOn(link -> link.column().equals("account_type"))
                .hasSizeGreaterThan(others.size() / 2);
    }

    @Test
    void aSimilarValueOfTheColumnIsADistractor() {
        KnownTexts known = new KnownTexts();
        ValueLink similar = new ValueLink("accounts", "account_type", "Junior savings");
        known.add(similar);
        known.add(new ValueLink("accounts", "account_type", "Loan"));

        List<List<ValueLink>> all = often("Balances of savings accounts?", SQL, known);

        assertThat(all.stream().filter(links -> links.contains(similar)).count())
                .isBetween(30L, 200L);
        assertThat(all).noneMatch(links -> links.contains(new ValueLink("accounts", "account_type", "Loan")));
    }

    @Test
    void numbersDatesAndLongTextsAreNotLinked() {
        assertThat(SimulatedLinks.isLinkable("2024-01-31")).isFalse();
        assertThat(SimulatedLinks.isLinkable("1,200")).isFalse();
        assertThat(SimulatedLinks.isLinkable("x".repeat(61))).isFalse();
        assertThat(SimulatedLinks.isLinkable("Gate B4")).isTrue();
    }
}
