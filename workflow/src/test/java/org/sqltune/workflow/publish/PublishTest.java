package org.sqltune.workflow.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportJson;
import org.sqltune.evaluation.report.ReportRow;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.HubTransport;
import org.sqltune.model.hub.client.RetryPolicy;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.UserCache;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.answer.Answer;
import org.sqltune.workflow.answer.AnswerRequest;
import org.sqltune.workflow.answer.Answers;
import org.sqltune.workflow.evaluate.EvaluationProvenance;
import org.sqltune.workflow.model.DownloadModel;
import org.sqltune.workflow.model.ExportModel;
import org.sqltune.workflow.publish.FakeUploadHub.Commit;
import org.sqltune.workflow.publish.FaultyServers.Fault;

/** The tiny model and its adapter on a hub that checks everything. */
class PublishTest {
    private static final String NAME = "ada/tiny-sql";

    @TempDir
    private Path folder;

    private final TestWorkspace.Tasks tasks = new TestWorkspace.Tasks();
    private final List<Duration> waits = new ArrayList<>();
    private FakeUploadHub hub;
    private Workspace workspace;

    @BeforeEach
    void open() {
        hub = new FakeUploadHub();
        workspace = workspace(FakeUploadHub.TOKEN);
    }

    @AfterEach
    void close() {
        workspace.close();
        hub.close();
    }

    private Workspace workspace(String token) {
        HubSettings settings = HubSettings.of(Map.of("HF_ENDPOINT", hub.url(), "HF_TOKEN", token), folder);
        return new Workspace(new UserCache(folder.resolve("cache")), () -> settings, DownloadDisplay.NONE);
    }

    private HubTransport transport(HubSettings settings) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        RetryPolicy retries =
                new RetryPolicy(4, 3, Duration.ofSeconds(1), Duration.ofMinutes(5), InstantSource.system());
        return new HubTransport(http, settings, retries, waits::add, Duration.ofSeconds(30));
    }

    private PublishResult publish(PublishRequest request) {
        return new Publish(workspace, this::transport).run(request, tasks);
    }

    private static PublishRequest adapter(Path adapter, @Nullable String base, Path... reports) {
        return new PublishRequest(
                NAME, adapter, null, List.of(), base, List.of(reports), "mit", false, "main", null, false);
    }

    private static PublishRequest adapter() {
        return adapter(trained(), "ada/base");
    }

    private static PublishRequest model(String name, boolean open) {
        return new PublishRequest(
                name, null, TestWorkspace.tinyModel(), List.of(), null, List.of(), null, open, "main", null, false);
    }

    private static Path trained() {
        return TestWorkspace.tinyModel().resolve("trained_adapter");
    }

    /** The adapter as a run leaves it: with a contract, beside the run's record. */
    private Path runsAdapter() throws IOException {
        Path made = Files.createDirectories(folder.resolve("run/final_model"));
        for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(trained().resolve(name), made.resolve(name));
        }
        Files.writeString(made.resolve("README.md"), "a card with " + folder);
        Files.writeString(made.resolve("optimizer.safetensors"), "not published");
        ContractFile.writeInto(made, PromptContract.of(DataSettings.defaults()));
        Files.writeString(folder.resolve("run/run.json"), """
                {"config": {"model": {"name": "/home/ada/base"}, "data": {"dataset": "gretel"}},
                 "data": {"train": {"examples": 12, "tokens": 345, "sha256": "%s"},
                          "files": [{"path": "/home/ada/secret/rows.jsonl", "sha256": "%s"}]},
                 "training": {"steps": 7, "examples": 56, "eval_loss": 0.25},
                 "versions": {"sqltune": "0.1.0"}}
                """.formatted("a".repeat(64), "b".repeat(64)));
        return made;
    }

    private Path report(String adapterHash) throws IOException {
        ReportRow right = row("1", true);
        Provenance provenance = new Provenance(
                "x",
                null,
                Map.of(),
                Map.of("name", "/home/ada/shop"),
                Map.of("adapter_sha256", adapterHash, "weights_sha256", "base"),
                Map.of(),
                Map.of(),
                Map.of());
        Report report = new Report(
                provenance,
                Columns.EXECUTION_ACCURACY,
                List.of(right, row("2", false), row("3", true), row("4", true)),
                Map.of(),
                Map.of(),
                Map.of());
        Path file = folder.resolve("report.json");
        try (OutputStream out = Files.newOutputStream(file)) {
            ReportJson.writeReport(report, out);
        }
        return file;
    }

    private static ReportRow row(String id, boolean right) {
        return new ReportRow(
                id,
                "shop",
                "How many " + id + "?",
                "SELECT 1",
                "SELECT 1",
                Map.of(),
                Map.of(Columns.EXECUTION_ACCURACY, right),
                Map.of(),
                List.of(),
                "",
                null,
                null);
    }

    @Test
    void anAdapterIsPublishedPrivatelyInOneCommit() throws IOException {
        PublishResult result = publish(adapter());
        Commit head = hub.head(NAME);
        assertThat(head.files().keySet())
                .containsExactly(".gitattributes", "README.md", "adapter_config.json", "adapter_model.safetensors");
        assertThat(head.files().get("adapter_model.safetensors"))
                .isEqualTo(Files.readAllBytes(trained().resolve("adapter_model.safetensors")));
        assertThat(head.message()).isEqualTo("Publish adapter with SqlTune");
        assertThat(hub.repositories.get(NAME).open).isFalse();
        assertThat(hub.asked)
                .containsExactly(
                        "GET /api/models/" + NAME,
                        "POST /api/repos/create",
                        "GET /api/models/" + NAME + "/revision/main",
                        "POST /api/models/" + NAME + "/preupload/main",
                        "POST /" + NAME + ".git/info/lfs/objects/batch",
                        "PUT /put",
                        "POST /verify",
                        "POST /api/models/" + NAME + "/commit/main");
        assertThat(result.published().created()).isTrue();
        assertThat(result.published().commit()).isEqualTo(head.id());
        assertThat(result.summary().remarks().get(0))
                .isEqualTo("Published: " + hub.url() + "/" + NAME + " (main, commit " + head.id() + ", private, new)");
        JsonNode config = JsonMapper.builder().build().readTree(head.text("adapter_config.json"));
        assertThat(config.path("base_model_name_or_path").asText()).isEqualTo("ada/base");
        assertThat(config.path("r").asInt()).isEqualTo(4);
    }

    @Test
    void whatIsPublishedIsDownloadedAndAnswersTheSame() {
        publish(model("ada/base", false));
        publish(adapter());
        Path elsewhere = folder.resolve("elsewhere");
        HubSettings settings =
                HubSettings.of(Map.of("HF_ENDPOINT", hub.url(), "HF_TOKEN", FakeUploadHub.TOKEN), elsewhere);
        try (Workspace other =
                new Workspace(new UserCache(elsewhere.resolve("cache")), () -> settings, DownloadDisplay.NONE)) {
            Path downloaded = new DownloadModel(other).run(DownloadModel.Request.of(NAME));
            assertThat(downloaded.startsWith(elsewhere)).isTrue();
            assertThat(answer(other, downloaded))
                    .isEqualTo(answer(workspace, trained()))
                    .isNotEmpty();
        }
        assertThat(hub.times("GET /ada/base/resolve/")).isPositive();
    }

    private static String answer(Workspace asked, Path adapter) {
        List<String> keys = new ArrayList<>(List.of("inference.max_new_tokens=12", "inference.constraint=none"));
        if (adapter.equals(trained())) {
            keys.add("model.name=" + TestWorkspace.tinyModel());
        }
        ModelRequest model = new ModelRequest(RunRequest.of(null, keys), adapter);
        try (Answers answers = new Answer(asked).open(new AnswerRequest(model, Map.of(), "retail", null))) {
            return answers.answer("How many stores?");
        }
    }

    @Test
    void whatIsThereIsntSentAgain() {
        Commit first = published();
        hub.asked.clear();
        PublishResult again = publish(adapter());
        assertThat(again.published().sent()).isEmpty();
        assertThat(again.summary().remarks().get(0)).startsWith("Unchanged: ");
        assertThat(hub.asked).containsExactly("GET /api/models/" + NAME, "GET /api/models/" + NAME + "/revision/main");
        assertThat(hub.head(NAME)).isEqualTo(first);
    }

    private Commit published() {
        publish(adapter());
        return hub.head(NAME);
    }

    @Test
    void aLaterRunGoesOnWhereAnEarlierOneFailed() {
        hub.servers.fail("commit", Fault.TROUBLE, 99);
        assertThatThrownBy(() -> publish(adapter()))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("answers 500")
                .hasMessageContaining("what is done so far is kept");
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(hub.head(NAME).files()).containsOnlyKeys(".gitattributes");
        assertThat(hub.times("PUT")).isEqualTo(1);
        hub.servers.fail("commit", Fault.TROUBLE, 0);
        PublishResult result = publish(adapter());
        assertThat(hub.times("PUT")).isEqualTo(1);
        assertThat(result.published().stored()).containsExactly("adapter_model.safetensors");
        assertThat(hub.head(NAME).files()).containsKeys("adapter_model.safetensors", "README.md");
    }

    @ParameterizedTest
    @CsvSource({
        "info, TROUBLE",
        "create, TROUBLE",
        "revision, TROUBLE",
        "preupload, TROUBLE",
        "batch, TROUBLE",
        "part, TROUBLE",
        "complete, TROUBLE",
        "verify, TROUBLE",
        "commit, TROUBLE",
        "create, CUT",
        "preupload, CUT",
        "batch, CUT",
        "part, CUT",
        "complete, CUT",
        "verify, CUT",
        "commit, CUT",
        "create, LOST",
        "part, LOST",
        "complete, LOST",
        "verify, LOST",
        "commit, LOST"
    })
    void aFaultThatPassesDoesNoHarmAndOneThatStaysCommitsNothing(String step, Fault fault) {
        hub.partBytes = 3000;
        hub.servers.fail(step, fault, 1);
        publish(adapter());
        assertThat(hub.head(NAME).files()).hasSize(4);

        hub.repositories.clear();
        hub.store.stored.clear();
        hub.servers.fail(step, fault, 99);
        assertThatThrownBy(() -> publish(adapter()))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining(FakeUploadHub.TOKEN)
                .hasMessageContaining("kept");
        if (hub.head(NAME) != null && !(step.equals("commit") && fault == Fault.LOST)) {
            assertThat(hub.head(NAME).files()).containsOnlyKeys(".gitattributes");
        }
    }

    @Test
    void aLargeFileGoesInPartsIfTheHubWantsIt() {
        hub.partBytes = 1000;
        publish(adapter());
        long size = hub.head(NAME).files().get("adapter_model.safetensors").length;
        assertThat(hub.times("PUT /part")).isEqualTo((size + 999) / 1000).isGreaterThan(2);
        assertThat(hub.times("PUT /put")).isZero();
    }

    @Test
    void theTokenIsShownToTheHubAloneAndWrittenNowhere() {
        hub.partBytes = 3000;
        PublishResult result = publish(adapter());
        assertThat(hub.store.shown).isNotEmpty().noneMatch(each -> each.contains(FakeUploadHub.TOKEN));
        assertThat(hub.bodies).isNotEmpty().noneMatch(each -> each.contains(FakeUploadHub.TOKEN));
        assertThat(hub.head(NAME).files().keySet())
                .allSatisfy(path -> assertThat(hub.head(NAME).text(path)).doesNotContain(FakeUploadHub.TOKEN));
        assertThat(result.summary().toString()).doesNotContain(FakeUploadHub.TOKEN);
        hub.servers.fail("preupload", Fault.FORBIDDEN, 1);
        hub.store.stored.clear();
        hub.repositories.clear();
        assertThatThrownBy(() -> publish(adapter()))
                .hasMessageContaining("doesn't let you write to the model " + NAME + " (main) (403, No luck with ***)");
    }

    @Test
    void aWrongTokenOrNoneIsSaidInALine() {
        workspace.close();
        workspace = workspace("hf_anotherOneAltogether99");
        assertThatThrownBy(() -> publish(adapter()))
                .hasMessageContaining("doesn't accept your token (401")
                .hasMessageContaining("set HF_TOKEN");
        workspace.close();
        workspace = workspace("");
        hub.asked.clear();
        assertThatThrownBy(() -> publish(adapter())).hasMessageContaining("needs a token with write access");
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void aFileThatTheHubDoesntTakeIsNamedBeforeAnythingIsSent() {
        hub.mostBytes = 2000;
        assertThatThrownBy(() -> publish(adapter()))
                .hasMessageContaining("doesn't take adapter_model.safetensors, ")
                .hasMessageContaining("(422, Too large)");
        assertThat(hub.times("PUT")).isZero();
        assertThat(hub.head(NAME).files()).containsOnlyKeys(".gitattributes");
    }

    @Test
    void aHubThatIsDownIsSaidInALine() {
        hub.close();
        assertThatThrownBy(() -> publish(adapter()))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("Can't reach 127.0.0.1:")
                .hasMessageNotContaining("\n");
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void offlineNobodyIsAsked() {
        HubSettings settings = HubSettings.of(
                Map.of("HF_ENDPOINT", hub.url(), "HF_TOKEN", FakeUploadHub.TOKEN, "HF_HUB_OFFLINE", "1"), folder);
        workspace.close();
        workspace = new Workspace(new UserCache(folder.resolve("cache")), () -> settings, DownloadDisplay.NONE);
        assertThatThrownBy(() -> publish(adapter())).hasMessageContaining("HF_HUB_OFFLINE");
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void aRepositoryOfSomebodyElseIsSaid() {
        assertThatThrownBy(() -> publish(model("bob/base", false)))
                .hasMessageContaining("doesn't let you create bob/base (403, You don't have the rights")
                .hasMessageContaining("must belong to your account");
    }

    @Test
    void nothingBecomesPublicUnsaid() {
        hub.make(NAME, true);
        assertThatThrownBy(() -> publish(adapter()))
                .hasMessageContaining("is public")
                .hasMessageContaining("say --public");
        hub.make("ada/base", false);
        assertThatThrownBy(() -> publish(model("ada/base", true)))
                .hasMessageContaining("is private")
                .hasMessageContaining(hub.url() + "/ada/base/settings");
        publish(model("ada/open", true));
        assertThat(hub.repositories.get("ada/open").open).isTrue();
        assertThat(hub.times("PUT")).isEqualTo(1);
    }

    @Test
    void otherWeightsInTheRepositoryAreNotMixedIn() {
        published();
        assertThatThrownBy(() -> publish(model(NAME, false)))
                .hasMessageContaining("has adapter_config.json, adapter_model.safetensors, which a loader would take");
    }

    @Test
    void somebodyElsesCommitMeanwhileIsNotOverwritten() {
        hub.servers.hooks.put("batch", () -> hub.commit(hub.repositories.get(NAME), "main", "theirs", Map.of()));
        assertThatThrownBy(() -> publish(adapter())).hasMessageContaining("Somebody else committed");
        assertThat(hub.head(NAME).message()).isEqualTo("theirs");
    }

    @Test
    void aFileThatChangesMeanwhileIsNeitherStoredNorCommitted() throws IOException {
        Path made = runsAdapter();
        Path weights = made.resolve("adapter_model.safetensors");
        byte[] before = Files.readAllBytes(weights);
        hub.servers.hooks.put("batch", () -> {
            byte[] other = before.clone();
            other[other.length - 1] ^= 1;
            write(weights, other);
        });
        assertThatThrownBy(() -> publish(adapter(made, "ada/base")))
                .hasMessageContaining(weights + " changed while it was sent");
        hub.servers.hooks.put("batch", () -> write(weights, new byte[200]));
        write(weights, before);
        assertThatThrownBy(() -> publish(adapter(made, "ada/base")))
                .hasMessageContaining(weights + " changed while it was sent");
        assertThat(hub.store.stored).isEmpty();
        assertThat(hub.head(NAME).files()).containsOnlyKeys(".gitattributes");
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBranchIsMadeAndLeavesMainAsItIs() {
        PublishRequest request = new PublishRequest(
                NAME, trained(), null, List.of(), "ada/base", List.of(), null, false, "v2", "Second try", false);
        publish(request);
        assertThat(hub.repositories.get(NAME).branches.get("v2").files()).hasSize(4);
        assertThat(hub.repositories.get(NAME).branches.get("v2").message()).isEqualTo("Second try");
        assertThat(hub.head(NAME).files()).hasSize(1);
    }

    @Test
    void aDryRunAsksNobodyAndNeedsNoToken() {
        workspace.close();
        workspace = workspace("");
        PublishRequest request = new PublishRequest(
                NAME, trained(), null, List.of(), "ada/base", List.of(), null, false, "main", null, true);
        PublishResult result = publish(request);
        assertThat(hub.asked).isEmpty();
        assertThat(result.summary().tables().get(0).rows()).hasSize(3);
        assertThat(result.summary().remarks().get(0))
                .startsWith("Nothing was sent. It would go to the model ada/tiny-sql (main), private.")
                .contains("base_model: \"ada/base\"");
    }

    @Test
    void theCardTellsWhatIsKnownAndNoFolderOfThisMachine() throws IOException {
        Path made = runsAdapter();
        Path report = report(EvaluationProvenance.hashOfWeights(made));
        publish(adapter(made, "ada/base", report));
        assertThat(hub.head(NAME).files()).containsKey("sqltune.json").doesNotContainKey("optimizer.safetensors");
        String card = hub.head(NAME).text("README.md");
        assertThat(card)
                .contains("| data | gretel: 12 examples, 345 tokens |\n")
                .contains("| training | 7 steps, 56 examples seen |\n")
                .contains("| shop, 4 questions | execution accuracy | 75.0 % (")
                .contains("| data file rows.jsonl | " + "b".repeat(64) + " |\n")
                .contains("| training set, as prompts and completions | " + "a".repeat(64) + " |\n")
                .contains(ContractFile.hash(PromptContract.of(DataSettings.defaults())))
                .contains("How many singers are from France?")
                .contains("sqltune infer --base-model \"ada/base\" --adapter-path FOLDER")
                .doesNotContain(folder.toString(), "/home/", System.getProperty("user.home"));
        JsonNode head = new YAMLMapper().readTree(card.split("(?m)^---\n")[1]);
        assertThat(head.path("base_model").asText()).isEqualTo("ada/base");
        assertThat(head.path("library_name").asText()).isEqualTo("peft");
        assertThat(head.path("license").asText()).isEqualTo("mit");
        assertThat(head.path("datasets").path(0).asText()).isEqualTo("gretelai/synthetic_text_to_sql");
        JsonNode result = head.path("model-index").path(0).path("results").path(0);
        assertThat(result.path("dataset").path("type").asText()).isEqualTo("shop");
        assertThat(result.path("metrics").path(0).path("type").asText()).isEqualTo("execution_accuracy");
        assertThat(result.path("metrics").path(0).path("value").asDouble()).isEqualTo(0.75);
        assertThatThrownBy(() -> publish(adapter(made, "ada/base", report("c".repeat(64)))))
                .hasMessageContaining("is of other weights");
    }

    @Test
    void aBaseThatIsAFolderHereNeedsAName() throws IOException {
        Path made = runsAdapter();
        assertThatThrownBy(() -> publish(adapter(made, null)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("names its base tiny-random, a folder that nobody else has")
                .hasMessageContaining("--base-model");
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void aFileWithTheTokenOrAFolderOfThisMachineIsNotPublished() throws IOException {
        Path made = runsAdapter();
        Path settings = made.resolve("tokenizer_config.json");
        Files.writeString(
                settings, "{\"name_or_path\": \"" + folder + "\", \"note\": \"" + FakeUploadHub.TOKEN + "\"}");
        assertThatThrownBy(() -> publish(adapter(made, "ada/base")))
                .hasMessageContaining("tokenizer_config.json contains your token")
                .hasMessageNotContaining(FakeUploadHub.TOKEN);
        Files.writeString(settings, "{\"note\": \"see " + made.toAbsolutePath() + "\"}");
        assertThatThrownBy(() -> publish(adapter(made, "ada/base"))).hasMessageContaining("a folder of this machine");
        Files.writeString(settings, "{\"name_or_path\": \"" + folder + "\", \"note\": \"fine\"}");
        publish(adapter(made, "ada/base"));
        assertThat(hub.head(NAME).text("tokenizer_config.json"))
                .contains("fine")
                .doesNotContain("name_or_path");
    }

    @Test
    void aGgufFileIsPublishedByItselfWithThePromptsThatItCarries() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        for (String name : List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
            Files.copy(TestWorkspace.tinyModel().resolve(name), model.resolve(name));
        }
        ContractFile.writeInto(model, PromptContract.of(DataSettings.defaults()));
        Path file = folder.resolve("tiny.gguf");
        new ExportModel(workspace)
                .run(new ExportModel.Request(model.toString(), null, GgufFileType.F16, false, file), tasks);
        publish(new PublishRequest(
                NAME, null, null, List.of(file), "ada/base", List.of(), null, false, "main", null, false));
        Commit head = hub.head(NAME);
        assertThat(head.files()).containsOnlyKeys(".gitattributes", "README.md", "sqltune.json", "tiny.gguf");
        assertThat(head.text("sqltune.json")).isEqualTo(Files.readString(model.resolve("sqltune.json")));
        assertThat(head.text("README.md"))
                .contains("library_name: \"gguf\"", "How many singers are from France?", "tiny.gguf");
    }

    @Test
    void everyFaultOfARequestIsTold() {
        assertThatThrownBy(() -> new PublishRequest(
                        "spider",
                        Path.of("nowhere"),
                        TestWorkspace.tinyModel(),
                        List.of(Path.of("x.bin")),
                        TestWorkspace.tinyModel().toString(),
                        List.of(),
                        "Apache 2",
                        false,
                        "main",
                        "two\nlines",
                        false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "'spider' names no owner",
                        "--adapter-path nowhere: there is no such folder",
                        "a loader would mix them",
                        "--gguf x.bin",
                        "--base-model",
                        "--license 'Apache 2'",
                        "--message must be one line");
        assertThatThrownBy(() -> new PublishRequest(
                        "ada/a--b", null, null, List.of(), null, List.of(), null, false, "main", null, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("can't be a name on the hub", "what? Give --adapter-path");
    }
}
