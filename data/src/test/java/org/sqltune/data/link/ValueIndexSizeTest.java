package org.sqltune.data.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;

/** The index of a database of ten million values: its time and memory, printed. Its limits hold on an idle machine. */
@Tag("heavy")
class ValueIndexSizeTest {
    private static final int TABLES = 4;
    private static final int ROWS = 625_000;
    private static final double MOST_SECONDS = 10;
    private static final long MOST_BYTES = 200L << 20;

    @TempDir
    private Path folder;

    @Test
    void tenMillionValuesAreIndexedInTenSecondsAndTwoHundredMegabytes() throws SQLException {
        Path file = folder.resolve("large.sqlite");
        create(file);
        Schema schema = new SchemaReader().read(file);
        long before = used();
        long start = System.nanoTime();

        ValueLinker linker = DatabaseValues.linker(file.toString(), schema);

        double seconds = (System.nanoTime() - start) / 1e9;
        long bytes = used() - before;
        start = System.nanoTime();
        int links = linker.link("How many orders of Person 7 from City 12 cost more than 1,500 in state shipped?")
                .size();
        System.out.printf(
                "%d values: %.1f s, %.0f MB of heap, a question %.1f ms%n",
                4L * TABLES * ROWS, seconds, bytes / 1e6, (System.nanoTime() - start) / 1e6);
        assertThat(links).isPositive();
        assertThat(seconds).isLessThan(MOST_SECONDS);
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void create(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < TABLES; i++) {
                statement.executeUpdate("CREATE TABLE t" + i + " (person TEXT, city TEXT, state TEXT, total INTEGER)");
                statement.executeUpdate("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                        + ROWS + ") INSERT INTO t" + i + " SELECT 'Person ' || (i * 7919 % 600011), 'City ' || (i % 40),"
                        + " CASE i % 3 WHEN 0 THEN 'shipped' WHEN 1 THEN 'open' ELSE 'lost' END, i * 31 % 90000 FROM n");
            }
        }
    }
}
