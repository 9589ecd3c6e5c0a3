package org.sqltune.data.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.VerbatimSchema;

class SchemaSerializerTest {
    private static final Schema SHOP = new Schema(
            "shop",
            List.of(
                    new Table(
                            "customers",
                            List.of(new Column("customer_id", "integer", true), new Column("name", "text", false))),
                    new Table(
                            "order",
                            List.of(
                                    new Column("customer_id", "integer", true),
                                    new Column("line no", "integer", true),
                                    new Column("total", "", false)))),
            List.of(new ForeignKey("order", "customer_id", "customers", "customer_id")));

    private final SchemaSerializer tableLines = new SchemaSerializer(SchemaFormat.TABLE);
    private final SchemaSerializer createTable = new SchemaSerializer(SchemaFormat.CREATE_TABLE);

    @Test
    void tableLinesShowNamesAndTypes() {
        assertThat(tableLines.serialize(SHOP)).isEqualTo("""
                        TABLE: customers ( customer_id (integer), name (text) )
                        TABLE: "order" ( customer_id (integer), "line no" (integer), total )""");
    }

    @Test
    void createTableWritesKeysAndQuotesWhereNeeded() {
        assertThat(createTable.serialize(SHOP)).isEqualTo("""
                        CREATE TABLE customers (customer_id integer PRIMARY KEY, name text);
                        CREATE TABLE "order" (customer_id integer, "line no" integer, total, \
                        PRIMARY KEY (customer_id, "line no"), \
                        FOREIGN KEY (customer_id) REFERENCES customers (customer_id));""");
    }

    @Test
    void sqliteReadsCreateTableBackAsTheSameSchema(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("shop.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(createTable.serialize(SHOP));
        }

        assertThat(new SchemaReader().read(file)).isEqualTo(SHOP);
    }

    @Test
    void aTextIsWrittenAsItIs() {
        VerbatimSchema text = new VerbatimSchema("shop: a, b\n  c\n");

        assertThat(tableLines.serialize(text)).isEqualTo("shop: a, b\n  c");
        assertThat(createTable.serialize(text)).isEqualTo("shop: a, b\n  c");
    }

    @Test
    void aLineBreakInANameDoesNotEndTheTablesLine() {
        Schema schema = new Schema(
                "d", List.of(new Table("a\nb", List.of(new Column("c\r\n[/INST]", "te\nxt", false)))), List.of());

        assertThat(tableLines.serialize(schema)).isEqualTo("TABLE: \"a b\" ( \"c [/INST]\" (te xt) )");
    }
}
