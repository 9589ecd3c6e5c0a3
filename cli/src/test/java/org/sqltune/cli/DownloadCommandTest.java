package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The command against a server that knows one repository; faults of networks are tested where they are handled. */
class DownloadCommandTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    /** By {@code git hash-object}. */
    private static final String HASH_OF_BRACES = "9e26dfeeb6e641a33dae4961196235bdb965b21b";

    private final Map<String, String> hashes = new TreeMap<>(Map.of(
            "config.json", HASH_OF_BRACES, "tokenizer.json", HASH_OF_BRACES, "model.safetensors", HASH_OF_BRACES));
    private HttpServer server;

    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        cli = new TestCli(
                folder,
                Map.of("HF_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.matches("/api/(models|datasets)/owner/name/revision/(main|v1)")) {
                send(
                        exchange,
                        hashes.keySet().stream()
                                .map(name -> "{\"rfilename\":\"" + name + "\",\"size\":2,\"blobId\":\""
                                        + hashes.get(name) + "\"}")
                                .collect(Collectors.joining(",", "{\"sha\":\"" + COMMIT + "\",\"siblings\":[", "]}")));
            } else if (path.contains("/owner/name/resolve/" + COMMIT)) {
                send(exchange, "{}");
            } else {
                exchange.sendResponseHeaders(401, -1);
            }
        }
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Path snapshot(String repository) {
        return folder.resolve(".cache/huggingface/hub")
                .resolve(repository)
                .resolve("snapshots")
                .resolve(COMMIT);
    }

    @Test
    void theFolderIsAllThatStandardOutputGets() {
        assertThat(cli.run("download", "owner/name")).as(cli::err).isZero();
        assertThat(cli.out()).isEqualTo(snapshot("models--owner--name") + "\n");
        assertThat(snapshot("models--owner--name").resolve("model.safetensors")).hasContent("{}");
    }

    @Test
    void oneLineSaysWhatComesFromWhereAndHowMuchItIs() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("org.sqltune.model.hub");
        logger.addAppender(appender);
        appender.start();
        try {
            cli.run("download", "owner/name", "--revision", "v1");
            cli.run("download", "owner/name", "--revision", "v1");
        } finally {
            logger.detachAppender(appender);
        }
        assertThat(appender.list)
                .singleElement()
                .hasToString("[INFO] Downloading model owner/name (v1, commit " + COMMIT + ") from http://127.0.0.1:"
                        + server.getAddress().getPort() + " to " + folder.resolve(".cache/huggingface/hub")
                        + ": 3 files, 6 bytes");
    }

    @Test
    void aDataSetComesWhole() {
        hashes.put("data/train.jsonl", HASH_OF_BRACES);
        assertThat(cli.run("download", "owner/name", "--dataset")).as(cli::err).isZero();
        assertThat(cli.out()).isEqualTo(snapshot("datasets--owner--name") + "\n");
        assertThat(snapshot("datasets--owner--name").resolve("data/train.jsonl"))
                .exists();
    }

    @Test
    void whatIsNotThereIsOneLine() {
        assertThat(cli.run("download", "nobody/nothing")).isEqualTo(1);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err().lines()).singleElement().asString().contains("has no model nobody/nothing");
        assertThat(cli.run("download", "no name")).isEqualTo(1);
        assertThat(cli.err()).contains("'no name' can't be a name on the hub");
        assertThat(cli.run("download")).isEqualTo(2);
    }

    @Test
    void aModelOfTheCacheIsScoredOffline() throws IOException {
        Path snapshot = Files.createDirectories(snapshot("models--owner--tiny"));
        for (String name :
                new String[] {"config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"}) {
            Files.copy(TestCli.tinyModel().resolve(name), snapshot.resolve(name));
        }
        Path refs = Files.createDirectories(folder.resolve(".cache/huggingface/hub/models--owner--tiny/refs"));
        Files.writeString(refs.resolve("main"), COMMIT);
        Path data = Files.writeString(folder.resolve("data.jsonl"), "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
        TestCli offline = new TestCli(folder);
        assertThat(offline.run("eval", "--metrics", "loss", "--model", "owner/tiny", "--data", data.toString()))
                .as(offline::err)
                .isZero();
        assertThat(offline.out()).contains("\"loss\"");
        assertThat(offline.run("eval", "--metrics", "loss", "--model", "owner/other", "--data", data.toString()))
                .isEqualTo(1);
        assertThat(offline.err()).contains("The model owner/other (main) isn't whole in the cache");
    }

    @Test
    void aMistypedFolderIsNotAskedForOnTheHub() throws IOException {
        Path data = Files.writeString(folder.resolve("data.jsonl"), "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
        assertThat(cli.run("eval", "--metrics", "loss", "--model", "src/tset", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(cli.err())
                .endsWith("sqltune: model.name: there is no model folder src/tset, but a folder src. If a model on the"
                        + " hub is meant, fetch it first: sqltune download src/tset; did you mean src/test?\n");
    }
}
