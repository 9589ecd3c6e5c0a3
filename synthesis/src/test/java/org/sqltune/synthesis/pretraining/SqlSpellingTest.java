package org.sqltune.synthesis.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

class SqlSpellingTest {
    private static final Schema SHOP = new Schema(
            "shop",
            List.of(
                    new Table(
                            "Orders",
                            List.of(new Column("Order_ID", "integer", true), new Column("desc", "text", false))),
                    new Table(
                            "lines",
                            List.of(new Column("order_id", "integer", true), new Column("unit price", "real", false)))),
            List.of());

    @Test
    void keywordsAndAggregatesAreInUpperCaseAndNamesAsTheSchemaHasThem() {
        assertThat(SqlSpelling.of(
                        "select count( * ) , max(t2.`Unit Price`) from orders as t1 inner join LINES as t2 on"
                                + " t1.order_id=t2.order_id where t1.order_id in (1,2) group by order_ID limit 3 ;",
                        new Schema(
                                "shop",
                                List.of(SHOP.tables().get(0), SHOP.tables().get(1)),
                                List.of())))
                .isEmpty();
        assertThat(SqlSpelling.of(
                        "select count( * ) , max(t2.`Unit Price`) from orders as t1 inner join LINES as t2 on"
                                + " t1.order_id=t2.order_id where t1.order_id in (1,2) limit 3 ;",
                        SHOP))
                .contains("SELECT COUNT(*), MAX(t2.\"unit price\") FROM Orders AS t1 JOIN lines AS t2 ON t1.Order_ID"
                        + " = t2.order_id WHERE t1.Order_ID IN (1, 2) LIMIT 3");
    }

    @Test
    void textsInDoubleQuotesGetSingleOnes() {
        assertThat(SqlSpelling.of("SELECT order_id FROM Orders WHERE \"desc\" = \"it's\"", SHOP))
                .contains("SELECT Order_ID FROM Orders WHERE \"desc\" = 'it''s'");
    }

    @Test
    void unknownNamesAndOtherLanguagesAreLeftOut() {
        assertThat(SqlSpelling.of("SELECT colour FROM Orders", SHOP)).isEmpty();
        assertThat(SqlSpelling.of("SELECT TOP 3 * FROM Orders", SHOP)).isEmpty();
    }
}
