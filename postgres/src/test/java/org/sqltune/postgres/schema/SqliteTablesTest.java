package org.sqltune.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.postgres.SqliteFiles;

class SqliteTablesTest {
    /** One call of one function, which SQLite never interrupts; seconds long. */
    private static final String SECONDS = "instr(printf('%.*c', 500000, 'a'), printf('%.*c', 250000, 'a') || 'b')";

    @TempDir
    private Path folder;

    @Test
    void everyRowIsHandedOverWithTheTypesOfItsValues() {
        Path file = SqliteFiles.make(
                folder,
                "shop",
                "CREATE TABLE a (i, r, t, b, n);\n"
                        + "INSERT INTO a VALUES (1, 0.5, 'x', x'CAFE', NULL), (2, 1e300, '', x'', NULL)");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (SqliteTables tables = SqliteTables.open(file)) {
            assertThat(tables.schema().tables()).hasSize(1);
            tables.forEachRow("a", List.of("i", "r", "t", "b", "n"), row -> rows.add(new ArrayList<>(row)));
        }
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).containsExactly(1L, 0.5, "x", new byte[] {(byte) 0xCA, (byte) 0xFE}, null);
        assertThat(rows.get(1)).containsExactly(2L, 1e300, "", new byte[0], null);
    }

    @Test
    void aColumnThatComputesWithoutEndIsALineAndNotAProcessThatHangs() {
        Path file = SqliteFiles.make(
                folder,
                "slow",
                "CREATE TABLE a (id INTEGER, slow GENERATED ALWAYS AS (" + SECONDS + "));\n"
                        + "INSERT INTO a (id) VALUES (1)");
        try (SqliteTables tables = SqliteTables.open(file, Duration.ofMillis(300))) {
            assertThatThrownBy(() -> tables.forEachRow("a", List.of("id", "slow"), row -> {}))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageStartingWith(
                            "Can't read the table a of " + file + ": stopped at the time limit of 0.3 s")
                    .hasMessageContaining("or leave the table out");
        }
    }
}
