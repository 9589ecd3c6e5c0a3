package org.sqltune.workflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.deploy.FakeOllama.Fault;
import org.sqltune.workflow.evaluate.ReportRequest;

/** The tiny model brought to an Ollama that records everything. */
class DeployTest {
    @TempDir
    private Path folder;

    private final TestWorkspace.Tasks tasks = new TestWorkspace.Tasks();
    private FakeOllama ollama;
    private Workspace workspace;

    @BeforeEach
    void open() {
        ollama = new FakeOllama();
        workspace = TestWorkspace.in(folder);
    }

    @AfterEach
    void close() {
        workspace.close();
        ollama.close();
    }

    private ModelRequest model(boolean adapter, String... keys) {
        List<String> overrides = new ArrayList<>(List.of(
                "model.name=" + TestWorkspace.tinyModel(),
                "inference.engine_url=" + ollama.url(),
                "inference.engine_timeout_seconds=60"));
        overrides.addAll(List.of(keys));
        Path trained = adapter ? TestWorkspace.tinyModel().resolve("trained_adapter") : null;
        return new ModelRequest(RunRequest.of(null, overrides), trained);
    }

    private DeployRequest request(ModelRequest model, String database, String base) {
        return new DeployRequest(model, "shop", GgufFileType.F16, null, database, base, folder.resolve("out"));
    }

    private DeployResult deploy() {
        return new Deploy(workspace).run(request(model(true), null, null), tasks);
    }

    @Test
    void theMergedModelIsUploadedWithThePromptsOfTraining() throws IOException {
        DeployResult result = deploy();
        assertThat(ollama.asked())
                .containsExactly(
                        "GET /api/version",
                        "GET /api/tags",
                        "HEAD /api/blobs/" + result.blob().digest(),
                        "POST /api/blobs/" + result.blob().digest(),
                        "POST /api/create",
                        "POST /api/generate",
                        "POST /api/chat",
                        "POST /api/chat");
        JsonNode made = ollama.model("shop:latest");
        assertThat(made.path("template").asText()).startsWith("{{ if .System }}[INST] Write the SQL query.\nSchema:\n");
        assertThat(made.path("parameters").path("repeat_penalty").asDouble()).isEqualTo(1.0);
        assertThat(made.path("parameters").path("temperature").asDouble()).isZero();
        assertThat(made.path("parameters").path("num_ctx").asInt()).isEqualTo(512);
        assertThat(made.path("parameters").path("num_predict").asInt()).isPositive();
        assertThat(made.has("system")).isFalse();
        assertThat(made.path("files").path("shop.gguf").asText())
                .isEqualTo(result.blob().digest());
        assertThat(ollama.blob(result.blob().digest())).isEqualTo(Files.readAllBytes(result.file()));
        assertThat(Files.readString(result.modelfile()))
                .startsWith("FROM ./shop.gguf\n")
                .contains("PARAMETER repeat_penalty 1.0\n");
        assertThat(result.smoke().answer()).isEqualTo("SELECT COUNT(*) FROM orders");
        assertThat(result.notes()).isEmpty();
        assertThat(result.replaced()).isFalse();
        assertThat(result.summary().tables().get(0).rows())
                .anyMatch(row -> row.get(1).contains("Ollama 0.35.0"));
    }

    @Test
    void aFileThatTheServerHasIsntSentAgainAndTheModelIsReplaced() {
        deploy();
        ollama.asked().clear();
        DeployResult again = deploy();
        assertThat(again.blob().sent()).isFalse();
        assertThat(again.replaced()).isTrue();
        assertThat(ollama.asked()).noneMatch(each -> each.startsWith("POST /api/blobs"));
    }

    @Test
    void theSchemaOfADatabaseBecomesTheSystemMessage() {
        DeployResult result = new Deploy(workspace).run(request(model(false), "ecommerce", null), tasks);
        assertThat(ollama.model("shop:latest").path("system").asText())
                .startsWith("TABLE: ")
                .contains("orders");
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void aVersionThatDoesntRenderIsComparedByItsAnswers() {
        ollama.withoutRendering().answering(prompt -> prompt.startsWith("[INST] Write") ? "SELECT 1" : "other");
        assertThat(deploy().notes()).isEmpty();
    }

    @Test
    void anAdapterGoesOnTheNextBaseIfTheFirstCantBePulled() {
        ollama.version("0.34.0").library("codellama:7b");
        new LibraryBase(new TestClient(ollama).client(), tasks).pull("", "defog/sqlcoder-7b");
        assertThat(ollama.models()).containsExactly("codellama:7b");
        assertThat(tasks.begun).containsExactly("Pulling sqlcoder:7b", "Pulling codellama:7b");
        assertThat(tasks.notes).hasSize(2);
        assertThat(tasks.notes.get(0)).contains("Can't have sqlcoder:7b", "file does not exist");
        assertThat(tasks.notes.get(1)).contains("codellama:7b isn't defog/sqlcoder-7b");
    }

    @Test
    void withoutAnyBaseTheReasonsAreNamed() {
        LibraryBase bases = new LibraryBase(new TestClient(ollama).client(), tasks);
        assertThatThrownBy(() -> bases.pull("", "defog/sqlcoder-7b"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("No base for the adapter can be had")
                .hasMessageContaining("file does not exist");
        assertThatThrownBy(() -> bases.pull("", "models/mine")).isInstanceOf(ConfigException.class);
    }

    @Test
    void anAdapterOnABaseIsCreatedWhereTheServerStillTakesOne() {
        ollama.version("0.33.0").library("tiny:1b");
        DeployResult result = new Deploy(workspace).run(request(model(true), null, "tiny:1b"), tasks);
        JsonNode made = ollama.model("shop:latest");
        assertThat(made.path("from").asText()).isEqualTo("tiny:1b");
        assertThat(made.path("adapters").path("shop.gguf").asText())
                .isEqualTo(result.blob().digest());
        ollama.version("0.34.1");
        assertThatThrownBy(() -> new Deploy(workspace).run(request(model(true), null, "tiny:1b"), tasks))
                .hasMessageContaining("takes no adapters since 0.34.1")
                .hasMessageContaining("leave --on-base out");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/version, ERROR, 'answers 500, disk of the server is full'",
        "/api/version, NONSENSE, check that it is an Ollama server",
        "/api/blobs, ERROR, 'answers 500, disk of the server is full'",
        "/api/blobs, REFUSAL, 'answers 400, unknown type: it refuses '",
        "/api/blobs, DROP_REQUEST, ''",
        "/api/create, ERROR, answers 500",
        "/api/create, ERROR_EVENT, unsupported model",
        "/api/create, DROP, broke off in the middle",
        "/api/create, NONSENSE, check that it is an Ollama server",
        "/api/generate, DROP, broke off in the middle",
        "/api/generate, ERROR, answers 500"
    })
    void everyFailureOfTheServerIsOneLineThatNamesIt(String path, Fault fault, String says) {
        ollama.failing(path, fault);
        assertThatThrownBy(this::deploy)
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(ollama.url())
                .hasMessageContaining(says)
                .message()
                .doesNotContain("\n");
        assertThat(ollama.models()).isEmpty();
        ollama.healed();
        assertThat(deploy().smoke().answer()).isNotBlank();
    }

    @Test
    void aSilentServerIsGivenUp() {
        ollama.failing("/api/create", Fault.SILENCE);
        DeployRequest request = request(model(true, "inference.engine_timeout_seconds=1"), null, null);
        assertThatThrownBy(() -> new Deploy(workspace).run(request, tasks))
                .hasMessageContaining("sent nothing for 1 s")
                .hasMessageContaining("inference.engine_timeout_seconds");
    }

    @Test
    void aServerThatIsDownOrTooOldIsFoundBeforeAnythingIsExported() {
        ollama.version("0.5.4");
        assertThatThrownBy(this::deploy).hasMessageContaining("is Ollama 0.5.4, which is too old: install 0.5.5");
        ollama.close();
        assertThatThrownBy(this::deploy).hasMessageContaining("Can't reach " + ollama.url());
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aModelThatAnswersNothingIsDeletedAgain() {
        ollama.answering(prompt -> " ");
        assertThatThrownBy(this::deploy).hasMessageContaining("answers a question with nothing");
        assertThat(ollama.models()).isEmpty();
    }

    @Test
    void requestsThatContradictThemselvesAreRefused() {
        assertThatThrownBy(() -> new DeployRequest(
                        new ModelRequest(RunRequest.of(null, List.of()), null),
                        null,
                        GgufFileType.F16,
                        folder.resolve("none.gguf"),
                        null,
                        "",
                        null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("which model?")
                .hasMessageContaining("--on-base puts an adapter")
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() ->
                        new Deploy(workspace).run(request(model(false, "inference.engine=openai"), null, null), tasks))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is openai, but models are deployed to ollama");
    }

    @Test
    void aDeployedModelIsScoredOnItsCases() throws IOException {
        deploy();
        ollama.answering(
                prompt -> prompt.contains("How many") ? "SELECT count(*) FROM orders" : "SELECT nothing FROM orders");
        Path cases = Files.writeString(folder.resolve("cases.jsonl"), """
                {"id": "a", "question": "How many orders?", "sql": "SELECT count(*) FROM orders"}
                {"id": "b", "question": "Which?", "sql": "SELECT order_id FROM orders"}
                """);
        workspace.demo().materialise();
        ModelRequest model = model(
                true, "data.database=" + workspace.demo().file("ecommerce"), "evaluation.metrics=execution_accuracy");
        Path out = folder.resolve("scores");
        DeploymentScores scores = new TestDeployment(workspace)
                .run(new TestDeploymentRequest(model, "shop", cases, ReportRequest.into(out)), tasks);
        assertThat(scores.report().value("execution_accuracy")).hasValue(0.5);
        assertThat(scores.report().value("valid_sql")).hasValue(0.5);
        assertThat(Files.readString(out.resolve("report.json")))
                .contains("latency_p95_seconds", "ollama " + ollama.url());
        assertThat(out.resolve("report.html")).isNotEmptyFile();
        assertThat(scores.summary().tables()).anyMatch(table -> table.header().contains("p95"));
        assertThatThrownBy(() -> new TestDeployment(workspace)
                        .run(new TestDeploymentRequest(model, "shoq", cases, ReportRequest.NONE), tasks))
                .hasMessageContaining("has no model shoq")
                .hasMessageContaining("shop:latest");
    }

    @Test
    void percentilesAreAnswersOfTheirOwn() {
        List<Double> hundred = java.util.stream.IntStream.rangeClosed(1, 100)
                .mapToObj(i -> (double) i)
                .toList();
        assertThat(DeploymentScores.percentile(hundred, 95)).isEqualTo(95);
        assertThat(DeploymentScores.percentile(List.of(1.0, 2.0), 50)).isEqualTo(1);
        assertThat(DeploymentScores.percentile(List.of(7.0), 99)).isEqualTo(7);
    }

    /** The client itself, with a key. */
    record TestClient(FakeOllama server) {
        private static final String KEY = "sk-0123456789abcdef";

        org.sqltune.deployment.ollama.OllamaClient client() {
            return new org.sqltune.deployment.ollama.OllamaClient(new org.sqltune.model.server.ServerConnection(
                    org.sqltune.model.server.ServerAddress.of(server.url(), path -> path),
                    "an Ollama server",
                    KEY,
                    "OLLAMA_KEY",
                    java.time.Duration.ofSeconds(5)));
        }
    }

    @Test
    void theKeyGoesToTheServerAndIntoNoMessage() {
        ollama.failing("/api/tags", Fault.NONSENSE);
        assertThatThrownBy(() -> new TestClient(ollama).client().models())
                .message()
                .doesNotContain(TestClient.KEY);
        assertThat(ollama.authorizations()).containsExactly("Bearer " + TestClient.KEY);
    }
}
