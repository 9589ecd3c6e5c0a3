package org.sqltune.data.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/** Schemas of many tables, whose names share the questions' words, each referring to the one before. */
class LargeSchemaTest {
    private static final int QUESTIONS = 5;
    private static final int MOST_TOKENS = 300;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void aThousandTablesTakeUnderASecond() {
        for (SchemaFormat format : SchemaFormat.values()) {
            shorten(chain(100), format);
            assertThat(millis(() -> shorten(chain(1_000), format)))
                    .as("%s", format)
                    .isLessThan(1_000);
        }
    }

    @Test
    void timeGrowsAboutAsTheSchemaDoes() {
        shorten(chain(1_000), SchemaFormat.CREATE_TABLE);
        long few = millis(() -> shorten(chain(1_000), SchemaFormat.CREATE_TABLE));
        long many = millis(() -> shorten(chain(8_000), SchemaFormat.CREATE_TABLE));

        // Eight times the tables; a quadratic step would take 64 times as long.
        assertThat(many).isLessThan(24 * Math.max(few, 50));
    }

    @Test
    void theLimitIsKeptAndTheTableThatIsMeantIsThere() {
        SchemaSerializer serializer = serializer(SchemaFormat.TABLE, MOST_TOKENS);
        Schema schema = chain(400);
        for (int i = 0; i < 400; i += 37) {
            String text = serializer.serialize(schema, question(i));

            assertThat(TokenEstimate.of(text)).isLessThanOrEqualTo(MOST_TOKENS);
            assertThat(text).contains("TABLE: sales_region_" + i + " (");
        }
    }

    @Test
    void tablesThatAreFarApartAreJoinedByTheShortestWay() {
        List<Table> tables = new ArrayList<>(chain(1_000).tables());
        Collections.swap(tables, 0, 500);
        tables.set(3, new Table("apple", tables.get(3).columns()));
        tables.set(8, new Table("pear", tables.get(8).columns()));
        List<ForeignKey> keys = new ArrayList<>();
        for (int i = 1; i < 1_000; i++) {
            keys.add(new ForeignKey(
                    tables.get(i).name(), "parent", tables.get(i - 1).name(), "id"));
        }

        String text = serializer(SchemaFormat.COMPACT, 1).serialize(new Schema("d", tables, keys), "apples and pears");

        assertThat(text.lines())
                .containsExactly(
                        "apple(id, parent)",
                        "sales_region_4(id, parent)",
                        "sales_region_5(id, parent)",
                        "sales_region_6(id, parent)",
                        "sales_region_7(id, parent)",
                        "pear(id, parent)");
    }

    private static void shorten(Schema schema, SchemaFormat format) {
        SchemaSerializer serializer = serializer(format, MOST_TOKENS);
        for (int i = 0; i < QUESTIONS; i++) {
            assertThat(serializer.serialize(schema, question(i))).contains("sales_region_" + i);
        }
    }

    private static SchemaSerializer serializer(SchemaFormat format, int mostTokens) {
        return new SchemaSerializer(format, new SchemaSettings(null, null, false, null, mostTokens), TokenEstimate::of);
    }

    private static String question(int region) {
        return "Total sales of region " + region + "?";
    }

    private static Schema chain(int count) {
        List<Table> tables = new ArrayList<>();
        List<ForeignKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "sales_region_" + i;
            tables.add(new Table(
                    name,
                    List.of(
                            new Column("id", "integer", true),
                            new Column("parent", "integer", false),
                            new Column("total", "real", false),
                            new Column("day", "date", false))));
            if (i > 0) {
                keys.add(new ForeignKey(name, "parent", "sales_region_" + (i - 1), "id"));
            }
        }
        return new Schema("fact", tables, keys);
    }

    /** This thread's own time, whatever else the machine does. */
    private static long millis(Runnable work) {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - before) / 1_000_000;
    }
}
