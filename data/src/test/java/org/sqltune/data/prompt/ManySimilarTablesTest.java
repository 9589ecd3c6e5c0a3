package org.sqltune.data.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/** Databases of which a question speaks of far more tables than a prompt can show. */
class ManySimilarTablesTest {
    private static final int TABLES = 3_000;
    private static final int LIMIT = 300;

    @Test
    void noMoreStayThanFourTimesTheLimit() {
        for (boolean chained : new boolean[] {false, true}) {
            String text = shortened(schema(chained), "Which customer orders of region 2999 are open?");

            assertThat(TokenEstimate.of(text)).isLessThan(5 * LIMIT);
            assertThat(text).contains("customer_orders_2999");
            assertThat(text.lines().filter(line -> line.startsWith("TABLE:")).count())
                    .isGreaterThan(1);
        }
    }

    private static String shortened(Schema schema, String question) {
        return new SchemaSerializer(
                        SchemaFormat.TABLE, new SchemaSettings(true, true, false, 0, LIMIT), TokenEstimate::of)
                .serialize(schema, question);
    }

    /** @param chained whether each table refers to the one before it, so that all lie between the first and the last */
    private static Schema schema(boolean chained) {
        List<Table> tables = new ArrayList<>();
        List<ForeignKey> keys = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            String name = "customer_orders_" + i;
            tables.add(new Table(
                    name, List.of(new Column("id", "integer", true), new Column("parent_id", "integer", false))));
            if (chained && i > 0) {
                keys.add(new ForeignKey(name, "parent_id", "customer_orders_" + (i - 1), "id"));
            }
        }
        return new Schema("many", tables, keys);
    }
}
