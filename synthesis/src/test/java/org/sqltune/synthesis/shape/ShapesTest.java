package org.sqltune.synthesis.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.schema.Column;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedTable;
import org.sqltune.synthesis.invention.InventedValueKind;
import org.sqltune.synthesis.invention.Noun;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.invention.ValueInventor;
import org.sqltune.synthesis.invention.WordLists;

/** The pieces that shapes of invented questions are put together from. */
class ShapesTest {
    private static final InventedTable ORDERS = new InventedTable(
            "orders",
            new Noun("order", "orders"),
            List.of(
                    attribute("order_id", InventedValueKind.KEY),
                    attribute("order_date", InventedValueKind.DATE),
                    attribute("price", InventedValueKind.MONEY),
                    attribute("city", InventedValueKind.PLACE)));
    private static final InventedCondition LARGE =
            new InventedCondition("price > 5", "", "with a price above 5", "have a price above 5");
    private static final InventedCondition PENDING =
            new InventedCondition("state = 'pending'", "pending", "", "are pending");

    @Test
    void aConditionStandsBeforeOrBehindTheNoun() {
        assertThat(LARGE.attachedTo("orders")).isEqualTo("orders with a price above 5");
        assertThat(PENDING.attachedTo("orders")).isEqualTo("pending orders");
    }

    @Test
    void twoConditionsAreJoinedInSqlAndInWords() {
        InventedCondition old = new InventedCondition("day < 3", "", "from before day 3", "are from before day 3");

        assertThat(LARGE.and(old).sql()).isEqualTo("price > 5 AND day < 3");
        assertThat(LARGE.and(old).attachedTo("orders")).isEqualTo("orders with a price above 5 and from before day 3");
        assertThat(LARGE.or(old).sql()).isEqualTo("price > 5 OR day < 3");
        assertThat(LARGE.or(old).have()).isEqualTo("have a price above 5 or are from before day 3");
        assertThat(PENDING.and(LARGE).attachedTo("orders")).isEqualTo("pending orders with a price above 5");
    }

    @ParameterizedTest
    @EnumSource(Aggregate.class)
    void anAggregateIsWrittenAsSqlWritesIt(Aggregate aggregate) {
        assertThat(aggregate.of("T1.price")).isEqualTo(aggregate.name() + "(T1.price)");
        assertThat(aggregate.rule()).isNotBlank();
        assertThat(aggregate.addsUp()).isEqualTo(aggregate == Aggregate.SUM || aggregate == Aggregate.AVG);
    }

    @Test
    void joinedColumnsAreSpokenWithTheirTable() {
        JoinedColumns columns = new JoinedColumns()
                .add(ORDERS.facts().subList(0, 1), "T1.", ORDERS)
                .add(ORDERS.facts().subList(1, 2), "T1.", ORDERS)
                .add(ORDERS.facts().subList(2, 3), "T2.");

        assertThat(columns.select()).isEqualTo("T1.order_date, T1.price, T2.city");
        assertThat(columns.spoken()).containsExactly("order date", "order price", "city");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void columnsAreSomeOfTheTable(long seed) {
        Asker asker = asker(seed);
        for (int time = 0; time < 50; time++) {
            List<Attribute> columns = asker.columns(ORDERS);
            assertThat(columns).isNotEmpty().doesNotHaveDuplicates().isSubsetOf(ORDERS.attributes());
        }
    }

    @Test
    void aListIsSpokenAsPeopleSpeakIt() {
        Asker asker = asker(1);

        assertThat(asker.spoken(List.of("name"))).isEqualTo("name");
        for (int time = 0; time < 50; time++) {
            assertThat(asker.spoken(List.of("name", "city"))).isIn("name and city", "name and the city");
            assertThat(asker.spoken(List.of("name", "city", "price")))
                    .isIn("name, city and price", "name, the city and the price");
        }
        assertThat(Asker.list(ORDERS.facts(), "T1.")).isEqualTo("T1.order_date, T1.price, T1.city");
    }

    @Test
    void aKindOfColumnIsFoundWhereThereIsOne() {
        Asker asker = asker(2);
        InventedTable bare =
                new InventedTable("t", new Noun("t", "ts"), List.of(attribute("id", InventedValueKind.KEY)));

        assertThat(asker.quantity(ORDERS)).map(Attribute::name).contains("price");
        assertThat(asker.group(ORDERS)).map(Attribute::name).contains("city");
        assertThat(asker.ordered(ORDERS)).map(Attribute::name).get().isIn("order_date", "price");
        assertThat(asker.quantity(bare)).isEmpty();
        assertThat(asker.group(bare)).isEmpty();
        assertThat(asker.columns(bare)).extracting(Attribute::name).containsExactly("id");
    }

    @Test
    void twoConditionsOnATableDiffer() {
        Asker asker = asker(3);
        for (int time = 0; time < 100; time++) {
            asker.twoConditions(ORDERS).ifPresent(pair -> {
                String[] parts = pair.sql().split(" AND ", 2);
                assertThat(parts).hasSize(2);
                assertThat(parts[0]).isNotEqualTo(parts[1]);
            });
        }
    }

    @Test
    void aConditionNamesAColumnOfItsTable() {
        Asker asker = asker(4);
        for (int time = 0; time < 200; time++) {
            asker.conditions().one(ORDERS, "T1.").ifPresent(condition -> {
                assertThat(condition.sql()).containsPattern("T1\\.(order_id|order_date|price|city)");
                assertThat(condition.have()).isNotBlank();
                assertThat(condition.prefix().isEmpty() || condition.with().isEmpty())
                        .isTrue();
            });
        }
    }

    @Test
    void theNounsOfATableAreSpoken() {
        Map<String, String> slots = asker(5).nouns(ORDERS, LARGE);

        assertThat(slots)
                .containsEntry("things", "orders")
                .containsEntry("thing", "order")
                .containsEntry("subjects", "orders with a price above 5")
                .containsEntry("have", "have a price above 5");
    }

    private static Asker asker(long seed) {
        Sampler random = new Sampler(seed);
        ValueInventor values = new ValueInventor(WordLists.load(), random);
        Grammar grammar = Grammar.load("phrases.txt", random);
        return new Asker(grammar, new ConditionWriter(grammar, values, random), values, random);
    }

    private static Attribute attribute(String name, InventedValueKind kind) {
        return new Attribute(new Column(name, kind.type(), kind == InventedValueKind.KEY), kind);
    }
}
