package org.sqltune.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.ParquetWriter;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.TestCli;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.source.PromptCompletionFile;

/** {@code data download} and what follows it, against a server that has Gretel's two files under their names. */
class GretelDownloadTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String REPOSITORY = "gretelai/synthetic_text_to_sql";
    private static final String TRAIN = "synthetic_text_to_sql_train.snappy.parquet";
    private static final String TEST = "synthetic_text_to_sql_test.snappy.parquet";
    private static final List<String> TEXTS = List.of(
            "domain",
            "domain_description",
            "sql_complexity",
            "sql_complexity_description",
            "sql_task_type",
            "sql_task_type_description",
            "sql_prompt",
            "sql_context",
            "sql",
            "sql_explanation");

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @TempDir
    private Path folder;

    private Path published;
    private TestCli cli;

    @BeforeEach
    void startServer() throws IOException {
        published = Files.createDirectory(folder.resolve("published"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        cli = online();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void theDataSetIsDownloadedVerifiedAndPreparedAtItsFullSize() throws IOException {
        write(TRAIN, 100_000);
        write(TEST, 5_851);

        assertThat(download()).as(cli::err).isZero();

        assertThat(cli.out()).contains("100000").contains("5851").contains("0 of 0 databases can be read");
        assertThat(folder.resolve("summary.json")).content().contains("\"whole\" : true", "\"published_rows\" : 5851");
        assertThat(snapshot().resolve(TRAIN)).hasSameBinaryContentAs(published.resolve(TRAIN));

        // Without a path the cache is where it is, and nobody is asked again.
        server.stop(0);
        TestCli offline = new TestCli(folder);
        Path out = folder.resolve("out");
        assertThat(offline.run(
                        "data",
                        "prepare",
                        "data.dataset=gretel",
                        "data.validation_split=0",
                        "--output-dir",
                        out.toString()))
                .as(offline::err)
                .isZero();
        assertThat(offline.out()).contains(out.resolve("train.jsonl") + ": 100000 rows");
        assertThat(offline.out()).contains(out.resolve("test.jsonl") + ": 5851 rows");
        PromptCompletion last =
                PromptCompletionFile.read(out.resolve("test.jsonl")).get(5_850);
        assertThat(last.prompt()).contains("CREATE TABLE t (a INT)").contains("Where is 5850?");
        assertThat(last.completion()).isEqualTo("SELECT a FROM t WHERE a = 5850");
    }

    @Test
    void aFileWithTooFewRowsIsToldOf() throws IOException {
        write(TRAIN, 3);

        assertThat(download()).isEqualTo(ExitCodes.FAILED);

        assertThat(cli.out()).contains("other number of rows");
        assertThat(cli.err()).contains("isn't whole");
        assertThat(folder.resolve("summary.json")).content().contains("\"whole\" : false", "\"rows\" : 3");
    }

    @Test
    void aDamagedDownloadIsRefusedAndNotKept() throws IOException {
        write(TRAIN, 3);
        Path file = published.resolve(TRAIN);
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        String listing = listing();
        Files.write(file, damaged);
        fixedListing = listing;

        assertThat(download()).isEqualTo(ExitCodes.FAILED);

        assertThat(cli.err().lines()).last().asString().contains(TRAIN);
        assertThat(snapshot().resolve(TRAIN)).doesNotExist();
        assertThat(folder.resolve("summary.json")).doesNotExist();
    }

    @Test
    void aHubWithoutTheDataSetIsOneLine() {
        assertThat(download()).isEqualTo(ExitCodes.FAILED);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err().lines()).last().asString().contains("has no data set " + REPOSITORY);
        assertThat(folder.resolve("summary.json")).doesNotExist();
    }

    @Test
    void offlineNobodyIsAskedAndTheErrorSaysWhy() {
        TestCli offline = new TestCli(folder, Map.of("HF_HUB_OFFLINE", "1", "HF_ENDPOINT", address()));

        assertThat(offline.run("data", "download", "gretel")).isEqualTo(ExitCodes.FAILED);
        assertThat(offline.err().lines()).last().asString().contains("HF_HUB_OFFLINE");
        assertThat(offline.run("data", "prepare", "data.dataset=gretel")).isEqualTo(ExitCodes.FAILED);
        assertThat(offline.err().lines()).last().asString().contains("HF_HUB_OFFLINE");
        assertThat(asked).isEmpty();
    }

    private String fixedListing = "";

    private int download() {
        return cli.run(
                "data",
                "download",
                "gretel",
                "--summary",
                folder.resolve("summary.json").toString());
    }

    private TestCli online() {
        return new TestCli(folder, Map.of("HF_ENDPOINT", address()));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Path snapshot() {
        return folder.resolve(".cache/huggingface/hub/datasets--gretelai--synthetic_text_to_sql/snapshots/" + COMMIT);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        Path file = published.resolve(path.substring(path.lastIndexOf('/') + 1));
        try (exchange) {
            if (path.equals("/api/datasets/" + REPOSITORY + "/revision/main")
                    && !listing().isEmpty()) {
                send(exchange, listing().getBytes(StandardCharsets.UTF_8));
            } else if (path.startsWith("/datasets/" + REPOSITORY + "/resolve/" + COMMIT + "/") && Files.exists(file)) {
                send(exchange, Files.readAllBytes(file));
            } else {
                exchange.getResponseHeaders().set("X-Error-Code", "RepoNotFound");
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** What the hub's API says of the files; empty if there are none. */
    private String listing() throws IOException {
        if (!fixedListing.isEmpty()) {
            return fixedListing;
        }
        List<String> siblings = new ArrayList<>();
        for (Path file : MoreFiles.listFiles(published)) {
            siblings.add(
                    "{\"rfilename\":\"%s\",\"size\":%d,\"blobId\":\"%s\",\"lfs\":{\"sha256\":\"%s\",\"size\":%2$d}}"
                            .formatted(
                                    file.getFileName(),
                                    Files.size(file),
                                    COMMIT,
                                    MoreFiles.asByteSource(file).hash(Hashing.sha256())));
        }
        return siblings.isEmpty()
                ? ""
                : "{\"sha\":\"" + COMMIT + "\",\"siblings\":[" + String.join(",", siblings) + "]}";
    }

    /** Rows in the form in which the hub has them. */
    private void write(String name, int rows) throws IOException {
        List<Type> columns = new ArrayList<>();
        columns.add(Types.optional(PrimitiveTypeName.INT32).named("id"));
        TEXTS.forEach(text -> columns.add(Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(text)));
        try (ParquetWriter<Integer> writer = ParquetWriter.writeFile(
                new MessageType("schema", columns), published.resolve(name).toFile(), (row, values) -> {
                    values.write("id", row);
                    TEXTS.forEach(text -> values.write(text, text(text, row)));
                })) {
            for (int row = 0; row < rows; row++) {
                writer.write(row);
            }
        }
    }

    private static String text(String column, int row) {
        return switch (column) {
            case "sql_prompt" -> "Where is " + row + "?";
            case "sql_context" -> "CREATE TABLE t (a INT);";
            case "sql" -> "SELECT a FROM t WHERE a = " + row + ";";
            default -> "some";
        };
    }
}
