package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.Example;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.postgres.ConversionResult.ConvertedDatabase;
import org.sqltune.postgres.ConversionResult.ConvertedExample;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.RejectReason;

/** What a conversion returns and writes, to the letter. */
@ExtendWith(SharedServer.class)
class ConversionResultTest {
    private static final String SHOP = """
            CREATE TABLE "order" (id INTEGER PRIMARY KEY, "Placed On" DATE NOT NULL, total DECIMAL(8,2), note VARCHAR(10));
            INSERT INTO "order" VALUES (1, '2024-01-31', 2.5, 'first'), (2, '2024-02-01', 3, NULL);
            CREATE TABLE item (order_id INTEGER REFERENCES "order" (id), nr INTEGER, paid BOOLEAN, loose INT,
              PRIMARY KEY (order_id, nr));
            INSERT INTO item VALUES (1, 1, 1, 5), (1, 2, 0, 'x')""";

    @TempDir
    private Path folder;

    @Test
    void theStatementsThatMakeTheDatabaseAreWritten(PostgresServer server) throws Exception {
        ConversionResult result = converted(server, "SELECT count(*) FROM item");
        new ConversionFiles(folder.resolve("out")).write("shop", result);

        assertThat(Files.readString(folder.resolve("out/schemas/shop.sql"))
                        .replaceAll("\\s+", " ")
                        .strip())
                .isEqualTo("CREATE TABLE \"order\" ( id int, \"Placed On\" date, total numeric(8, 2),"
                        + " note varchar(10) COLLATE \"C\", PRIMARY KEY (id) );"
                        + " CREATE TABLE item ( order_id int, nr int, paid boolean, loose text COLLATE \"C\","
                        + " PRIMARY KEY (order_id, nr) );"
                        + " ALTER TABLE item ADD FOREIGN KEY (order_id) REFERENCES \"order\" (id);");
    }

    @Test
    void aDatabaseIsDescribed(PostgresServer server) {
        ConvertedDatabase shop = converted(server, "SELECT 1").databases().get(0);

        assertThat(shop.databaseId()).isEqualTo("shop");
        assertThat(shop.rows()).isEqualTo(4);
        assertThat(shop.widenedColumns()).containsExactly("item.loose");
        assertThat(shop.brokenKeys()).isEmpty();
        assertThat(shop.schemaText()).contains("\"Placed On\" date").contains("paid boolean");
    }

    @Test
    void queriesNameWhatPostgresqlNames(PostgresServer server) {
        ConversionResult result = converted(
                server,
                "SELECT `Placed On` FROM `order` WHERE note = \"first\"",
                "SELECT o.id, sum(paid) FROM [order] o JOIN item i ON i.order_id = o.id GROUP BY o.id",
                "SELECT max(total) FROM \"ORDER\"");

        assertThat(result.proved()).hasSize(3);
        assertThat(result.examples().stream()
                        .map(each -> String.valueOf(each.verdict().sql())))
                .containsExactly(
                        "SELECT \"Placed On\" FROM \"order\" WHERE note = 'first'",
                        "SELECT o.id, sum(cast(paid AS int)) FROM \"order\" AS o JOIN item AS i ON i.order_id = o.id"
                                + " GROUP BY o.id",
                        "SELECT max(total) FROM \"order\"");
    }

    @Test
    void reasonsAreCountedInTheirOrder(PostgresServer server) {
        ConversionResult result = converted(
                server,
                "SELECT 1",
                "SELECT nothing FROM item",
                "SELECT printf('%d', nr) FROM item",
                "SELECT nothing FROM item",
                "SELECT quote(nr) FROM item");

        assertThat(result.reasons()).isEqualTo(Map.of(RejectReason.SQLITE_ERROR, 2, RejectReason.CONVERSION, 2));
        assertThat(result.proved()).hasSize(1);
        assertThat(result.rejected()).hasSize(4);
        assertThat(result.provedByFreeChoice()).isZero();
    }

    @Test
    void aQueryOfManyQuestionsHasOneVerdict(PostgresServer server) {
        ConversionResult result =
                converted(server, "SELECT nr FROM item", "SELECT nr FROM item", "SELECT nr FROM item");

        assertThat(result.examples()).extracting(each -> each.original().id()).containsExactly("q0", "q1", "q2");
        assertThat(result.examples().stream().map(ConvertedExample::verdict).distinct())
                .hasSize(1);
    }

    @Test
    void withoutExamplesThereIsNothing(PostgresServer server) {
        ConversionResult result = converted(server);

        assertThat(result.examples()).isEmpty();
        assertThat(result.databases()).isEmpty();
        assertThat(result.reasons()).isEmpty();
    }

    private ConversionResult converted(PostgresServer server, String... queries) {
        SqliteFiles.make(folder, "shop", SHOP);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < queries.length; i++) {
            examples.add(new Example("q" + i, "shop", "Question " + i + "?", new VerbatimSchema("x"), queries[i]));
        }
        return new PostgresConversion(new DatabaseFolder(folder), server, QueryLimits.DEFAULTS)
                .convert(examples, ProgressListener.NONE);
    }
}
