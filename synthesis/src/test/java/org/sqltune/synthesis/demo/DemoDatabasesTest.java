package org.sqltune.synthesis.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

class DemoDatabasesTest {
    @TempDir
    Path folder;

    private DemoDatabases databases;

    @BeforeEach
    void materialise() {
        databases = new DemoDatabases(folder);
        databases.materialise();
    }

    @Test
    void filesLieAsSpiderHasThemAndNothingElseIsLeft() throws IOException {
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "ecommerce/ecommerce.sqlite",
                            "finance/finance.sqlite",
                            "healthcare/healthcare.sqlite",
                            "retail/retail.sqlite",
                            "saas/saas.sqlite");
        }
    }

    @Test
    void everyDatabaseHasFiveLinkedTablesWithRows() throws SQLException {
        for (String id : DemoDatabases.IDS) {
            Schema schema = databases.schema(id);
            assertThat(schema.databaseId()).isEqualTo(id);
            assertThat(schema.tables()).hasSize(5);
            assertThat(schema.foreignKeys()).hasSizeGreaterThanOrEqualTo(4);
            for (Table table : schema.tables()) {
                assertThat(count(id, table.name())).isPositive();
            }
        }
    }

    @Test
    void aWholeFileIsKept() throws IOException {
        FileTime before = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
        Files.setLastModifiedTime(databases.file("saas"), before);

        databases.materialise();

        assertThat(Files.getLastModifiedTime(databases.file("saas"))).isEqualTo(before);
    }

    @Test
    void aBrokenFileIsMadeAgain() throws Exception {
        Files.writeString(databases.file("saas"), "not a database");

        databases.materialise();

        assertThat(count("saas", "plans")).isPositive();
    }

    @Test
    void aFileOfAnotherScriptIsMadeAgain() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + databases.file("saas"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM plans");
            statement.executeUpdate("PRAGMA user_version = 1");
        }

        databases.materialise();

        assertThat(count("saas", "plans")).isPositive();
    }

    @Test
    void scriptsAreWrittenOutUnchanged() throws IOException {
        List<Path> written = DemoDatabases.writeScripts(folder.resolve("demo"));

        assertThat(written)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("ecommerce.sql", "finance.sql", "healthcare.sql", "retail.sql", "saas.sql");
        assertThat(Files.readString(written.get(0))).isEqualTo(DemoDatabases.script("ecommerce"));
    }

    private int count(String id, String table) throws SQLException {
        try (Connection connection = databases.open(id);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
    }
}
