package org.sqltune.data.audit;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.sqltune.core.example.Example;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.core.sql.worker.SqliteFile;
import org.sqltune.data.audit.Leakage.By;

class DataAuditTest {
    private static final VerbatimSchema NO_SCHEMA = new VerbatimSchema("");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeDatabase() throws IOException, SQLException {
        Path file = folder.resolve("shop").resolve("shop.sqlite");
        Files.createDirectories(file.getParent());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE product (id INTEGER PRIMARY KEY, name TEXT, price REAL)");
            statement.executeUpdate("INSERT INTO product VALUES (1, 'apple', 0.5), (2, 'pear', NULL)");
        }
    }

    @Test
    void aQueryThatTheDatabaseRefusesIsFoundWithItsMessage() {
        AuditReport report = audit(
                row("a", "What costs it?", "SELECT cost FROM product"), row("b", "Names?", "SELECT name FROM product"));
        assertThat(report.findings("train", Fault.FAILING)).singleElement().satisfies(finding -> {
            assertThat(finding.example().id()).isEqualTo("a");
            assertThat(finding.detail()).contains("no such column: cost");
        });
        assertThat(report.findings("train", Fault.COLUMNS)).hasSize(1);
        assertThat(report.parts().get(0).executed()).isEqualTo(2);
    }

    @Test
    void noRowAndNothingButNullAreEmpty() {
        AuditReport report = audit(
                row("none", "Dear ones?", "SELECT name FROM product WHERE price > 9"),
                row("null", "Price of pears?", "SELECT price FROM product WHERE name = 'pear'"),
                row("zero", "How many dear ones?", "SELECT count(*) FROM product WHERE price > 9"));
        assertThat(report.findings("train", Fault.EMPTY))
                .extracting(finding -> finding.example().id())
                .containsExactly("none", "null");
    }

    @Test
    void aQueryThatNeverEndsIsStoppedAndNamed() {
        AuditReport report = new DataAudit(databases(), QueryLimits.DEFAULTS.with(0.05, 10), 1)
                .audit(List.of(part(row("slow", "When?", """
                                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                                SELECT max(i) FROM n"""))), ProgressListener.NONE);
        assertThat(report.findings("train", Fault.FAILING))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).contains("time limit"));
    }

    @Test
    void namesAreCheckedAgainstThePromptsSchemaWithoutADatabase() {
        VerbatimSchema script = new VerbatimSchema("CREATE TABLE staff (name TEXT); INSERT INTO staff VALUES ('x');");
        AuditReport report = new DataAudit(null, QueryLimits.DEFAULTS, 1)
                .audit(
                        List.of(part(
                                new Example("right", "", "Who?", script, "SELECT name FROM staff WHERE name = \"x\""),
                                new Example("wrong", "", "How old?", script, "SELECT age FROM staff"),
                                new Example("table", "", "What?", script, "SELECT * FROM stuff"))),
                        ProgressListener.NONE);
        assertThat(report.findings("train", Fault.COLUMNS))
                .extracting(finding -> finding.example().id() + ": " + finding.detail())
                .containsExactly("wrong: no such column: age", "table: no such table: stuff");
        assertThat(report.parts().get(0).withoutDatabase()).containsEntry("", 3);
    }

    @Test
    void aMissingDatabaseIsCountedByName() {
        Example elsewhere = new Example("x", "bank", "Who?", NO_SCHEMA, "SELECT 1");
        AuditReport report = audit(elsewhere);
        assertThat(report.parts().get(0).withoutDatabase()).containsEntry("bank", 1);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void oneDatabaseIsThatOfEveryRow() {
        Example elsewhere = new Example("x", "", "Who?", NO_SCHEMA, "SELECT COUNT(* FROM product");
        SqliteFile shop = new SqliteFile(folder.resolve("shop").resolve("shop.sqlite"));
        AuditReport report =
                new DataAudit(shop, QueryLimits.DEFAULTS, 1).audit(List.of(part(elsewhere)), ProgressListener.NONE);
        assertThat(report.executed()).isOne();
        assertThat(report.count(Fault.FAILING)).isOne();
    }

    @Test
    void repeatedRowsAndContradictingOnesAreToldApart() {
        AuditReport report = audit(
                row("first", "Which names are there?", "SELECT name FROM product"),
                row("again", "which names are there", "select  name from product;"),
                row("other", "Which names are there?", "SELECT DISTINCT name FROM product"));
        assertThat(report.findings("train", Fault.DUPLICATE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).isEqualTo("as first"));
        assertThat(report.findings("train", Fault.CONTRADICTION))
                .extracting(finding -> finding.example().id())
                .containsExactly("other");
    }

    @Test
    void rowsOfUnknownDatabasesDontContradictEachOther() {
        AuditReport report = audit(
                new Example("a", "", "How many are there?", NO_SCHEMA, "SELECT count(*) FROM singer"),
                new Example("b", "", "How many are there?", NO_SCHEMA, "SELECT count(*) FROM dog"));
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void heldOutRowsAreFoundInTrainingByRowQuestionTemplateAndDatabase() {
        List<Example> train = List.of(
                row("t1", "Price of apples?", "SELECT price FROM product WHERE name = 'apple'"),
                row("t2", "How many?", "SELECT count(*) FROM product"));
        List<Example> dev = List.of(
                row("d1", "price of  apples", "select price from product where name = \"apple\""),
                row("d2", "Price of pears?", "SELECT price FROM product WHERE name = 'pear'"),
                row("d3", "How many?", "SELECT count(id) FROM product"),
                new Example("d4", "bank", "Who?", NO_SCHEMA, "SELECT 1"));
        AuditReport report = new DataAudit(null, QueryLimits.DEFAULTS, 1)
                .audit(
                        List.of(new AuditPart("train", false, train), new AuditPart("dev", true, dev)),
                        ProgressListener.NONE);
        assertThat(report.leakage())
                .containsExactly(
                        new Leakage("train", "dev", By.ROW, 1, 4),
                        new Leakage("train", "dev", By.QUESTION, 2, 4),
                        new Leakage("train", "dev", By.TEMPLATE, 2, 4),
                        new Leakage("train", "dev", By.DATABASE, 3, 4));
        assertThat(report.findings("dev", Fault.LEAKAGE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).isEqualTo("it is t1 of train"));
    }

    private AuditReport audit(Example... rows) {
        return new DataAudit(databases(), QueryLimits.DEFAULTS, 2).audit(List.of(part(rows)), ProgressListener.NONE);
    }

    private QueryDatabases databases() {
        return new SqliteDatabases(new DatabaseFolder(folder));
    }

    private static AuditPart part(Example... rows) {
        return new AuditPart("train", false, List.of(rows));
    }

    private Example row(String id, String question, String sql) {
        return new Example(
                id,
                "shop",
                question,
                new SchemaReader().read(folder.resolve("shop").resolve("shop.sqlite")),
                sql);
    }
}
