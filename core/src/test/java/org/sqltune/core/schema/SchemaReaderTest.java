package org.sqltune.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;

class SchemaReaderTest {
    @TempDir
    Path folder;

    private final SchemaReader reader = new SchemaReader();

    @Test
    void tablesColumnsAndTypesKeepTheDatabasesOrder() throws Exception {
        Schema schema = schemaOf(
                "CREATE TABLE zebra (id INTEGER PRIMARY KEY, name VARCHAR(20), untyped)",
                "CREATE TABLE apple (weight REAL)");

        assertThat(schema.databaseId()).isEqualTo("shop");
        assertThat(schema.tables())
                .containsExactly(
                        new Table(
                                "zebra",
                                List.of(
                                        new Column("id", "integer", true),
                                        new Column("name", "varchar(20)", false),
                                        new Column("untyped", "", false))),
                        new Table("apple", List.of(new Column("weight", "real", false))));
    }

    @Test
    void everyColumnOfAPrimaryKeyIsMarked() throws Exception {
        Schema schema = schemaOf("CREATE TABLE t (a INT, b INT, c INT, PRIMARY KEY (c, a))");

        assertThat(schema.tables().get(0).columns())
                .extracting(Column::primaryKey)
                .containsExactly(true, false, true);
    }

    @Test
    void foreignKeysComeInTheOrderOfDeclaration() throws Exception {
        Schema schema = schemaOf(
                "CREATE TABLE a (id INTEGER PRIMARY KEY, code TEXT UNIQUE)",
                "CREATE TABLE b (x INT REFERENCES a (id), y TEXT REFERENCES a (code))");

        assertThat(schema.foreignKeys())
                .containsExactly(new ForeignKey("b", "x", "a", "id"), new ForeignKey("b", "y", "a", "code"));
    }

    @Test
    void aForeignKeyWithoutTargetColumnsRefersToThePrimaryKeyInItsOrder() throws Exception {
        Schema schema = schemaOf(
                "CREATE TABLE parent (a INT, b INT, PRIMARY KEY (b, a))",
                "CREATE TABLE child (x INT, y INT, FOREIGN KEY (x, y) REFERENCES parent)");

        assertThat(schema.foreignKeys())
                .containsExactly(new ForeignKey("child", List.of("x", "y"), "parent", List.of("b", "a")));
        assertThat(schema.tables().get(0).primaryKey()).containsExactly("b", "a");
    }

    @Test
    void keysOfSeveralColumnsAreWholeAndApart() throws Exception {
        Schema schema = schemaOf(
                "CREATE TABLE p (a INT, b INT, c INT UNIQUE, PRIMARY KEY (a, b))",
                "CREATE TABLE q (x INT, Y INT, z INT REFERENCES P (C), v INT, FOREIGN KEY (x, y) REFERENCES p,"
                        + " FOREIGN KEY (v, y) REFERENCES p (B, A), FOREIGN KEY (x) REFERENCES p,"
                        + " FOREIGN KEY (x, y) REFERENCES p (a, gone))");

        assertThat(schema.foreignKeys())
                .containsExactly(
                        new ForeignKey("q", "z", "p", "c"),
                        new ForeignKey("q", List.of("x", "Y"), "p", List.of("a", "b")),
                        new ForeignKey("q", List.of("v", "Y"), "p", List.of("b", "a")));
    }

    @Test
    void viewsAreReadIfAskedForAndStandBehindTheTables() throws Exception {
        schemaOf(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, \"as\" TEXT)",
                "CREATE VIEW v (a, b) AS -- what there is\n  SELECT id, \"as\" || ' as  x'\n FROM t;",
                "CREATE TABLE later (x)",
                "CREATE VIEW broken AS SELECT * FROM gone");

        Schema schema = SchemaReader.withViews().read(folder.resolve("shop.sqlite"));

        assertThat(schema.tables()).extracting(Table::name).containsExactly("t", "later", "v");
        assertThat(schema.tables().get(2).columns()).extracting(Column::name).containsExactly("a", "b");
        assertThat(schema.tables().get(2).form())
                .isEqualTo(new TableForm.View("VIEW", "SELECT id, \"as\" || ' as  x' FROM t"));
        assertThat(schema.notes()).singleElement().asString().contains("The view broken isn't shown", "gone");
    }

    @Test
    void whatATableIsMadeAsIsRead() throws Exception {
        Schema schema = schemaOf(
                "CREATE TABLE k (a TEXT, b INT, PRIMARY KEY (b, a)) WITHOUT ROWID",
                "CREATE TABLE s (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
                "CREATE TABLE s2 (a TEXT) STRICT",
                "CREATE VIRTUAL TABLE doc USING fts5(title,\n  body, tokenize = 'porter')");

        assertThat(schema.tables())
                .extracting(Table::form)
                .containsExactly(
                        new TableForm.Rows("WITHOUT ROWID"),
                        new TableForm.Rows("WITHOUT ROWID, STRICT"),
                        new TableForm.Rows("STRICT"),
                        new TableForm.Virtual("fts5(title, body, tokenize = 'porter')"));
    }

    @Test
    void aCommentWithinATypeIsNoneOfIt() throws Exception {
        Schema schema = schemaOf("CREATE TABLE t (a VARCHAR -- of twenty\n (20), b /* how much */ DECIMAL(1,2))");

        assertThat(schema.tables().get(0).columns())
                .extracting(Column::type)
                .containsExactly("varchar (20)", "decimal(1,2)");
    }

    @Test
    void aForeignKeyTakesTheTargetsSpelling() throws Exception {
        Schema schema = schemaOf(
                "CREATE TABLE Parent (Id INTEGER PRIMARY KEY)", "CREATE TABLE child (x INT REFERENCES PARENT (ID))");

        assertThat(schema.foreignKeys()).containsExactly(new ForeignKey("child", "x", "Parent", "Id"));
    }

    @Test
    void aForeignKeyToNowhereIsLeftOut() throws Exception {
        Schema schema = schemaOf(
                "CREATE TABLE a (id INTEGER PRIMARY KEY)",
                "CREATE TABLE b (x INT REFERENCES gone (id), y INT REFERENCES a (gone))");

        assertThat(schema.foreignKeys()).isEmpty();
    }

    @Test
    void viewsInternalAndShadowTablesAreLeftOut() throws Exception {
        Schema schema = schemaOf(
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
                "CREATE VIEW v AS SELECT id FROM t",
                "CREATE VIRTUAL TABLE notes USING fts5(body)");

        assertThat(schema.tables()).extracting(Table::name).containsExactly("t", "notes");
        assertThat(schema.tables().get(1).columns()).extracting(Column::name).containsExactly("body");
    }

    @Test
    void generatedColumnsAreThere() throws Exception {
        Schema schema = schemaOf("CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a * 2))");

        assertThat(schema.tables().get(0).columns())
                .containsExactly(
                        new Column("a", "int", false),
                        new Column("b", "int", false).withGeneration("GENERATED ALWAYS AS (a * 2) VIRTUAL"));
    }

    @Test
    void howAColumnIsGeneratedIsReadWhereverItIsDeclared() throws Exception {
        Schema schema =
                schemaOf("CREATE TABLE \"a(,as (\" (x INT DEFAULT (1 + 2) CHECK (CAST(x AS INT) > 0), \"as\" INT,"
                        + " \"as (\" TEXT NOT NULL /* as (9) */ AS (\"as\" || ')(' || CAST(x AS TEXT)) STORED UNIQUE,"
                        + " [z] AS (x) /* last */, UNIQUE (x))");

        assertThat(schema.tables().get(0).columns())
                .extracting(Column::generation)
                .containsExactly(
                        "",
                        "",
                        "GENERATED ALWAYS AS (\"as\" || ')(' || CAST(x AS TEXT)) STORED",
                        "GENERATED ALWAYS AS (x) VIRTUAL");
    }

    @Test
    void hostileNamesAreNamesAndNothingElse() throws Exception {
        List<String> names = List.of("a'; DROP TABLE keep; --", "b\"c", "[d]", "`e`", "f\ng", "sqliteX", "%", "order");
        String[] statements = names.stream()
                .map(name -> "CREATE TABLE " + SqlIdentifiers.quoted(name) + " (" + SqlIdentifiers.quoted(name)
                        + " TEXT PRIMARY KEY, up TEXT REFERENCES " + SqlIdentifiers.quoted(name) + ")")
                .toArray(String[]::new);

        Schema schema = schemaOf(statements);

        assertThat(schema.tables()).extracting(Table::name).containsExactlyElementsOf(names);
        assertThat(schema.foreignKeys())
                .containsExactlyElementsOf(names.stream()
                        .map(name -> new ForeignKey(name, "up", name, name))
                        .toList());
    }

    @Test
    void anAttachedDatabaseDoesNotMixIn() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            execute(connection, "CREATE TABLE t (a INT)", "ATTACH ':memory:' AS other", "CREATE TABLE other.t (b INT)");

            Schema schema = reader.read(connection, "main");

            assertThat(schema.tables()).containsExactly(new Table("t", List.of(new Column("a", "int", false))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b#c.sqlite", "a%20b.sqlite", "a?mode=memory", "größe.db"})
    void aFilesNameMayHoldAnything(String name) throws Exception {
        schemaOf("CREATE TABLE t (a INT)");
        Path file = Files.move(folder.resolve("shop.sqlite"), folder.resolve(name));

        assertThat(reader.read(file).tables()).extracting(Table::name).containsExactly("t");
    }

    @Test
    void aMissingFileIsNamedAndNotMade() {
        Path missing = folder.resolve("missing.sqlite");

        assertThatThrownBy(() -> reader.read(missing))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(missing.toString());
        assertThat(missing).doesNotExist();
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("text.sqlite"), "not a database, only text. ".repeat(100));

        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(text.toString());
    }

    private Schema schemaOf(String... statements) throws Exception {
        Path file = folder.resolve("shop.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            execute(connection, statements);
        }
        return reader.read(file);
    }

    private static void execute(Connection connection, String... statements) throws Exception {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
