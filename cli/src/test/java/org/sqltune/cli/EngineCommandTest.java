package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask a model where it is served, and the export of what is served. */
class EngineCommandTest {
    private static final String SQL = "SELECT COUNT(*) FROM orders";

    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private TestCli cli;

    @BeforeEach
    void startAServer() throws IOException {
        cli = new TestCli(folder.resolve("cache"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/v1/models", "{\"data\": [{\"id\": \"served\"}]}");
        answer(
                "/v1/completions",
                "data: {\"choices\": [{\"text\": \"" + SQL + ";\", \"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n");
        server.start();
    }

    private void answer(String path, String answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    @AfterEach
    void stopTheServer() {
        server.stop(0);
    }

    private int run(String command, String... options) {
        List<String> all =
                new ArrayList<>(List.of(command, "--model", TestCli.tinyModel().toString()));
        all.addAll(List.of(options));
        return cli.run(all.toArray(String[]::new));
    }

    private String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Test
    void aQuestionIsAnsweredByTheServerWithThePromptOfTheModel() {
        int code = run(
                "infer",
                "--db",
                "ecommerce",
                "--question",
                "How many orders are there?",
                "--engine",
                "openai",
                "--url",
                url());
        assertThat(code).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo(SQL + "\n");
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).contains("[INST] ", "TABLE: orders", "How many orders are there?");
        assertThat(cli.err()).doesNotContain("Loading");
    }

    @Test
    void anEvaluationOfAServedModelNamesItsEngine() throws IOException {
        Path scores = folder.resolve("scores");
        int code = run(
                "eval", "--max-samples", "3", "--engine=openai", "--url=" + url(), "--output-dir", scores.toString());
        assertThat(code).as(cli.err()).isZero();
        assertThat(cli.out()).contains(" on openai " + url());
        JsonNode report = JsonMapper.builder()
                .build()
                .readTree(scores.resolve("report.json").toFile());
        assertThat(report.path("model").path("engine").asText()).isEqualTo("openai " + url());
        assertThat(Files.readString(scores.resolve("predictions.jsonl"))).contains(SQL);
    }

    @Test
    void whatTheServerCantTellIsRefusedBeforeItIsAsked() {
        int code = run("eval", "--metrics=loss", "--engine=openai", "--url=" + url());
        assertThat(code).isEqualTo(2);
        assertThat(cli.err()).contains("loss can't be had from inference.engine openai");
        assertThat(asked).isEmpty();
    }

    @Test
    void llamaCppSaysWhatItNeeds() {
        int code = run("infer", "--db=ecommerce", "-q", "How many?", "--engine=llama.cpp");
        assertThat(code).isNotZero();
        assertThat(cli.err()).containsAnyOf("needs a module that isn't in this jar", "llama.cpp reads a GGUF file");
    }

    @Test
    void anAdapterIsExportedByItself() {
        Path file = folder.resolve("lora.gguf");
        String adapter = TestCli.tinyModel().resolve("trained_adapter").toString();
        int code = cli.run(
                "export",
                "gguf-adapter",
                "--adapter-path=" + adapter,
                "--model=" + TestCli.tinyModel(),
                "--output=" + file);
        assertThat(code).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo(file + "\n");

        TestCli second = new TestCli(folder.resolve("cache"));
        assertThat(second.run("gguf", "info", file.toString())).isZero();
        assertThat(second.out()).contains("adapter.type = lora", "adapter.lora.alpha = ", ".weight.lora_a");
        assertThat(second.run("gguf", "info", folder.resolve("none.gguf").toString()))
                .isEqualTo(1);
        assertThat(second.err()).contains("Can't read ");
    }

    @Test
    void aModelIsExportedAndItsFileIsPrinted() {
        Path file = folder.resolve("model.gguf");
        int code =
                cli.run("export", "gguf", "--model", TestCli.tinyModel().toString(), "--type=q8_0", "--output=" + file);
        assertThat(code).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo(file + "\n");
        assertThat(file).isNotEmptyFile();

        TestCli second = new TestCli(folder.resolve("cache"));
        assertThat(second.run(
                        "export",
                        "gguf",
                        "--adapter-path",
                        TestCli.tinyModel().resolve("trained_adapter").toString(),
                        "--model",
                        TestCli.tinyModel().toString(),
                        "--output",
                        folder.resolve("tuned.gguf").toString()))
                .as(second.err())
                .isZero();
        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("model.gguf", "tuned.gguf");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        TestCli third = new TestCli(folder.resolve("cache"));
        assertThat(third.run("gguf", "info", file.toString())).as(third.err()).isZero();
        assertThat(third.out())
                .startsWith(file + ": GGUF version 3, ")
                .contains("\n  general.architecture = llama\n", "\n  blk.0.attn_norm.weight    f32   32\n");
        TestCli fourth = new TestCli(folder.resolve("cache"));
        assertThat(fourth.run("export", "verify", "--model=" + TestCli.tinyModel(), "--gguf=" + file))
                .isEqualTo(1);
        assertThat(fourth.err())
                .contains(
                        "export verify needs llama.cpp, which isn't in this jar: put sqltune-llamacpp and de.kherud:llama");
        assertThat(cli.run("export", "gguf", "--model=" + TestCli.tinyModel(), "--output=" + folder))
                .isEqualTo(2);
        assertThat(cli.run("export", "gguf", "--output=" + file)).isEqualTo(2);
        assertThat(cli.err()).contains("--adapter-path");
    }
}
