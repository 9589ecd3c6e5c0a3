package org.sqltune.data.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

class GoldValuesTest {
    private static final Schema BANK = new Schema(
            "bank",
            List.of(
                    table("Accounts", "account_id", "type", "customer_id"),
                    table("customers", "customer_id", "city", "name")),
            List.of());

    private static Table table(String name, String... columns) {
        return new Table(
                name,
                List.of(columns).stream()
                        .map(column -> new Column(column, "text", false))
                        .toList());
    }

    @Test
    void aliasesSubqueriesAndListsLeadToTheTableAsTheSchemaSpellsIt() {
        assertThat(GoldValues.of(
                        "SELECT T1.account_id FROM accounts AS T1 JOIN customers AS T2 ON T1.customer_id = T2.customer_id"
                                + " WHERE T2.CITY = 'Berlin' AND type IN ('savings', 'loan') AND T1.customer_id IN"
                                + " (SELECT customer_id FROM customers WHERE name <> 'Ann')",
                        BANK))
                .containsExactly(
                        new ValueLink("customers", "city", "Berlin"),
                        new ValueLink("Accounts", "type", "savings"),
                        new ValueLink("Accounts", "type", "loan"),
                        new ValueLink("customers", "name", "Ann"));
    }

    @Test
    void functionsAroundAColumnAndTextsInDoubleQuotesCount() {
        assertThat(GoldValues.of(
                        "SELECT count(*) FROM customers WHERE lower(city) = 'rome' AND name = \"O'Neil\"", BANK))
                .containsExactly(
                        new ValueLink("customers", "city", "rome"), new ValueLink("customers", "name", "O'Neil"));
    }

    @Test
    void likeCountsOnlyWithoutAWildcard() {
        assertThat(GoldValues.of("SELECT name FROM customers WHERE city LIKE 'Bonn' OR name LIKE '%Ann%'", BANK))
                .containsExactly(new ValueLink("customers", "city", "Bonn"));
    }

    @Test
    void numbersComputedColumnsAndWhatIsNoQueryHaveNone() {
        assertThat(GoldValues.of("SELECT name FROM customers WHERE customer_id = 7", BANK))
                .isEmpty();
        assertThat(GoldValues.of("SELECT x FROM (SELECT name AS x FROM customers) AS q WHERE x = 'Ann'", BANK))
                .isEmpty();
        assertThat(GoldValues.of("DROP TABLE customers", BANK)).isEmpty();
    }
}
