package org.sqltune.synthesis.phrasing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.data.naming.SpokenNames;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.TableProfile;

class NamesTest {
    private final ColumnProfile date = column("order_date", ColumnRole.DATE);
    private final ColumnProfile seats = column("seats", ColumnRole.NUMBER);

    @ParameterizedTest
    @CsvSource({
        "customer_id, customer id",
        "unitPrice, unit price",
        "Unit Price, unit price",
        "max_users, maximum users",
        "qty, quantity",
        "GNPOld, gnp old",
        "customerID, customer id",
        "CustomerIDs, customer ids",
        "!!, !!"
    })
    void identifiersAreSpokenAsWords(String identifier, String spoken) {
        assertThat(SpokenNames.spoken(identifier)).isEqualTo(spoken);
    }

    @Test
    void tablesHaveOneAndManyRows() {
        assertThat(Names.one(table("order_items"))).isEqualTo("order item");
        assertThat(Names.many(table("order_items"))).isEqualTo("order items");
        assertThat(Names.many(new TableProfile("carpart", List.of(), 1, "car part")))
                .isEqualTo("car parts");
        assertThat(Names.many(table("inventory"))).isEqualTo("inventory records");
        assertThat(Names.who(table("doctors"))).isEqualTo("who");
        assertThat(Names.who(table("loans"))).isEqualTo("that");
    }

    @Test
    void theTablesNounIsLeftOutNowAndThen() {
        assertThat(names(table("orders", date), date)).containsExactly("date", "order date");
    }

    @Test
    void theShortFormIsNotUsedWhereItMeansAnotherColumnToo() {
        ColumnProfile other = column("ship_date", ColumnRole.DATE);

        assertThat(names(table("orders", date, other), date)).containsExactly("order date");
    }

    @Test
    void pluralNumbersAreNumbersOfThings() {
        assertThat(names(table("plans", seats), seats)).containsExactly("number of seats", "seats");
    }

    private static Set<String> names(TableProfile table, ColumnProfile column) {
        Choice choice = new Choice(1);
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            names.add(Names.column(table, column, choice));
        }
        return names;
    }

    private static TableProfile table(String name, ColumnProfile... columns) {
        return new TableProfile(name, List.of(columns), 10);
    }

    private static ColumnProfile column(String name, ColumnRole role) {
        return new ColumnProfile(name, role, List.of(), 10, 0);
    }
}
