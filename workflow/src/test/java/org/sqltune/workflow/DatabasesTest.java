package org.sqltune.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.synthesis.demo.DemoDatabases;
import org.sqltune.workflow.NamedDatabase.Kind;

class DatabasesTest {
    @TempDir
    private Path folder;

    private Databases databases;
    private Path file;

    @BeforeEach
    void makeDatabase() throws SQLException, IOException {
        databases = new Databases(new DemoDatabases(folder.resolve("demo")));
        file = Files.createDirectories(folder.resolve("all/shop")).resolve("shop.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (name text)");
            statement.executeUpdate("INSERT INTO item VALUES ('nail'), ('screw')");
        }
    }

    @Test
    void aFileIsOneDatabaseThatEveryQuestionAsks() {
        NamedDatabase found = databases.named("--db", file.toString());
        assertThat(found.kind()).isEqualTo(Kind.FILE);
        assertThat(found.schema(1).tables().get(0).name()).isEqualTo("item");
        assertThat(rows(found, "whatever")).containsExactly(List.of("nail"), List.of("screw"));
        assertThat(found.queries().has("whatever")).isTrue();
    }

    @Test
    void aUrlOfSqliteIsItsFile() {
        assertThat(databases.named("--db", "jdbc:sqlite:" + file)).isEqualTo(databases.named("--db", file.toString()));
    }

    @Test
    void aFolderHoldsDatabasesByName() {
        NamedDatabase found = databases.named("--db", folder.resolve("all").toString());
        assertThat(found.kind()).isEqualTo(Kind.FOLDER);
        assertThat(rows(found, "shop")).hasSize(2);
        assertThat(found.queries().has("other")).isFalse();
        assertThatThrownBy(() -> found.schema(0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("holds several databases");
    }

    @Test
    void aDemoDatabaseIsMadeWhenItIsNamed() {
        NamedDatabase found = databases.named("--db", "retail");
        assertThat(found.kind()).isEqualTo(Kind.FILE);
        assertThat(folder.resolve("demo/retail/retail.sqlite")).isRegularFile();
        assertThat(found.schema(0).tables()).isNotEmpty();
    }

    @Test
    void aServerIsNamedByItsUrlAndNotAskedYet() {
        NamedDatabase found = databases.named("--db", "jdbc:postgresql://nowhere.invalid/db?user=me&password=secret");
        assertThat(found.kind()).isEqualTo(Kind.POSTGRES);
        assertThat(found.location()).contains("secret");
        assertThat(found.toString()).doesNotContain("secret");
    }

    @Test
    void anUnknownNameSaysWhatMayBeWrittenAndTheNearest() {
        assertThatThrownBy(() -> databases.named("--db", "ecomerce"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--db: there is no database ecomerce: name an SQLite file, a folder of them")
                .hasMessageEndingWith("; did you mean ecommerce?");
        assertThatThrownBy(() -> databases.named("data.database", file + "3"))
                .hasMessageEndingWith("; did you mean " + file + "?");
        assertThatThrownBy(() -> databases.named("--db", "jdbc:mysql://host/db"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no database jdbc:mysql://host/db");
    }

    private static List<List<Object>> rows(NamedDatabase database, String id) {
        try (QueryDatabases.Session session = database.queries().open(QueryLimits.DEFAULTS, 1)) {
            return session.database(id).execute("SELECT name FROM item ORDER BY name").rows().stream()
                    .<List<Object>>map(List::copyOf)
                    .toList();
        }
    }
}
