package org.sqltune.synthesis.invention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.data.naming.SpokenNames;

class NamingStyleTest {
    @ParameterizedTest
    @CsvSource({
        "SNAKE, order_items, order_item_id",
        "CAPITALISED_COLUMNS, order_items, Order_Item_ID",
        "CAPITALISED_TABLES, Order_Items, order_item_id",
        "PASCAL, OrderItems, OrderItemID",
        "CAMEL, orderItems, orderItemID",
        "UPPER, ORDER_ITEMS, ORDER_ITEM_ID"
    })
    void spellsTablesAndColumns(NamingStyle style, String table, String column) {
        assertThat(style.table("order_items")).isEqualTo(table);
        assertThat(style.column("order_item_id")).isEqualTo(column);
    }

    @ParameterizedTest
    @EnumSource(NamingStyle.class)
    void everySpellingIsSpokenAlike(NamingStyle style) {
        assertThat(SpokenNames.spoken(style.column("unit_price"))).isEqualTo("unit price");
        assertThat(SpokenNames.spoken(style.column("order_item_id"))).isEqualTo("order item id");
    }
}
