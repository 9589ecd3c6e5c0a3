package org.sqltune.core.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.DeclaredSchema;

/** Statements from elsewhere end, whatever they do. */
class MemoryDatabaseTest {
    private static final String ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t AS " + ENDLESS + "SELECT max(x) FROM c",
                "CREATE TABLE t AS " + ENDLESS + "SELECT x, zeroblob(100000) FROM c",
                "CREATE TABLE t AS SELECT instr(printf('%.*c', 990000, 'a'), printf('%.*c', 490000, 'a') || 'b')",
                "ATTACH DATABASE '/tmp/other.sqlite' AS other"
            })
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void whatDoesNotEndOrLeadsOutIsRefused(String sql) throws SQLException {
        try (Connection memory = MemoryDatabase.open();
                Statement statement = memory.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate(sql)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aDeclaredSchemaThatComputesWithoutEndIsALine() {
        assertThatThrownBy(() -> DeclaredSchema.read("CREATE TABLE t AS " + ENDLESS + "SELECT max(x) FROM c", "shop"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("The schema of shop isn't SQL that SQLite takes: ");
    }
}
