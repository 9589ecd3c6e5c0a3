package org.sqltune.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.hub.client.FakeHub;
import org.sqltune.model.hub.client.FakeRepository;
import org.sqltune.model.hub.client.HubFixture;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RepositoryType;

/** Which files come, and how they lie in the cache. */
class HubDownloadTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final FakeHub hub = new FakeHub();

    @TempDir
    private Path cache;

    private HubFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new HubFixture(hub.address(), cache);
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    private FakeRepository smallModel() {
        return hub.model("owner/name")
                .with("config.json", "{}")
                .with("tokenizer.json", "{\"vocab\":{}}")
                .with("chat_template.jinja", "template")
                .with("model.safetensors", "weights");
    }

    @Test
    void aModelLiesInTheCacheAsHuggingFacesToolsLayItOut() throws IOException {
        smallModel()
                .with("README.md", "text")
                .with("pytorch_model.bin", "a pickle")
                .with("onnx/model.onnx", "graph");
        assertThat(fixture.model("owner/name")).isEqualTo(cache.resolve("models--owner--name/snapshots/" + COMMIT));
        assertThat(FolderTree.of(cache))
                .containsExactly(
                        ".locks/models--owner--name/8f91b47da96d9c9f6ba8f73d4e2673a1fa1bdfa6.lock",
                        ".locks/models--owner--name/9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c.lock",
                        ".locks/models--owner--name/9e26dfeeb6e641a33dae4961196235bdb965b21b.lock",
                        ".locks/models--owner--name/e946bfed87e338b9e6b7542a81247097ac744e17.lock",
                        "models--owner--name/.no_exist/" + COMMIT + "/generation_config.json",
                        "models--owner--name/.no_exist/" + COMMIT + "/tokenizer_config.json",
                        "models--owner--name/blobs/8f91b47da96d9c9f6ba8f73d4e2673a1fa1bdfa6: template",
                        "models--owner--name/blobs/9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c: weights",
                        "models--owner--name/blobs/9e26dfeeb6e641a33dae4961196235bdb965b21b: {}",
                        "models--owner--name/blobs/e946bfed87e338b9e6b7542a81247097ac744e17: {\"vocab\":{}}",
                        "models--owner--name/refs/main: " + COMMIT,
                        "models--owner--name/snapshots/" + COMMIT
                                + "/chat_template.jinja -> ../../blobs/8f91b47da96d9c9f6ba8f73d4e2673a1fa1bdfa6",
                        "models--owner--name/snapshots/" + COMMIT
                                + "/config.json -> ../../blobs/9e26dfeeb6e641a33dae4961196235bdb965b21b",
                        "models--owner--name/snapshots/" + COMMIT
                                + "/model.safetensors -> ../../blobs/9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c",
                        "models--owner--name/snapshots/" + COMMIT
                                + "/tokenizer.json -> ../../blobs/e946bfed87e338b9e6b7542a81247097ac744e17");
    }

    @Test
    void aDataSetComesWholeWithItsFolders() throws IOException {
        hub.dataset("owner/rows").with("README.md", "text").with("data/train-00000.parquet", "rows");
        RepositoryRevision rows =
                new RepositoryRevision(new RepositoryId(RepositoryType.DATASET, "owner/rows"), "main");
        Path folder = fixture.hub().refresh(rows, FileSelection.EVERYTHING);
        assertThat(folder).isEqualTo(cache.resolve("datasets--owner--rows/snapshots/" + COMMIT));
        assertThat(folder.resolve("README.md")).hasContent("text");
        assertThat(Files.readSymbolicLink(folder.resolve("data/train-00000.parquet")))
                .hasToString("../../../blobs/"
                        + new FakeRepository(RepositoryType.DATASET, "x")
                                .with("x.parquet", "rows")
                                .etag("x.parquet"));
    }

    @Test
    void whereThereAreNoLinksFilesHaveASecondName() throws IOException {
        smallModel();
        fixture.withoutSymlinks();
        Path folder = fixture.model("owner/name");
        assertThat(folder.resolve("model.safetensors")).isRegularFile().hasContent("weights");
        assertThat(Files.isSymbolicLink(folder.resolve("model.safetensors"))).isFalse();
        fixture.model("owner/name");
        assertThat(hub.fetched("model.safetensors")).hasSize(1);
    }

    @Test
    void shardsAreThoseThatTheIndexNames() {
        hub.model("owner/large")
                .with("config.json", "{}")
                .with("tokenizer.json", "{}")
                .with(
                        "model.safetensors.index.json",
                        "{\"weight_map\":{\"a\":\"model-1.safetensors\",\"b\":\"model-2.safetensors\"}}")
                .with("model-1.safetensors", "one")
                .with("model-2.safetensors", "two")
                .with("consolidated.safetensors", "both, under other names");
        Path folder = fixture.model("owner/large");
        assertThat(folder.resolve("model-2.safetensors")).hasContent("two");
        assertThat(folder.resolve("consolidated.safetensors")).doesNotExist();
        assertThat(fixture.hub().cached(HubFixture.main("owner/large"), FileSelection.MODEL))
                .contains(folder);
    }

    @Test
    void aShardThatIsMissingOnTheHubIsNamed() {
        hub.model("owner/large")
                .with("config.json", "{}")
                .with("model.safetensors.index.json", "{\"weight_map\":{\"a\":\"model-7.safetensors\"}}");
        assertThatThrownBy(() -> fixture.model("owner/large")).hasMessageContaining("has no file model-7.safetensors");
    }

    @Test
    void aShardsNameMayNotLeadOutOfTheCache() {
        hub.model("owner/evil")
                .with("config.json", "{}")
                .with("../../../../evil.safetensors", "x")
                .with("model.safetensors.index.json", "{\"weight_map\":{\"a\":\"../../../../evil.safetensors\"}}");
        assertThatThrownBy(() -> fixture.model("owner/evil"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("'../../../../evil.safetensors', whose name could lead out of the cache");
        assertThat(cache.resolve("../evil.safetensors")).doesNotExist();
    }

    @Test
    void aPickleIsRefusedWithTheRemedy() {
        hub.model("owner/old").with("config.json", "{}").with("pytorch_model.bin", "pickle");
        assertThatThrownBy(() -> fixture.model("owner/old"))
                .hasMessageContaining("pytorch_model.bin, a pickle, which is not read for safety")
                .hasMessageContaining("AutoModelForCausalLM.from_pretrained('owner/old').save_pretrained(FOLDER)");
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void aRepositoryOfSomethingElseIsRefused() {
        hub.model("owner/quantised").with("model.gguf", "GGUF");
        assertThatThrownBy(() -> fixture.model("owner/quantised"))
                .hasMessageContaining("has no config.json with model.safetensors")
                .hasMessageContaining("GGUF");
    }

    @Test
    void anAdapterComesWithItsTokenizer() {
        hub.model("owner/adapter")
                .with("adapter_config.json", "{}")
                .with("adapter_model.safetensors", "matrices")
                .with("tokenizer.json", "{}");
        RepositoryRevision adapter = HubFixture.main("owner/adapter");
        assertThatThrownBy(() -> fixture.hub().get(adapter, FileSelection.MODEL))
                .hasMessageContaining(
                        "is an adapter, not a model: fetch it by sqltune download owner/adapter and give");
        Path folder = fixture.hub().refresh(adapter, FileSelection.MODEL_OR_ADAPTER);
        fixture.offline(true);
        assertThat(fixture.hub().refresh(adapter, FileSelection.MODEL_OR_ADAPTER))
                .isEqualTo(folder);
        assertThat(folder.resolve("adapter_model.safetensors")).hasContent("matrices");
        assertThat(folder.resolve("tokenizer.json")).exists();
    }

    @Test
    void whatOneCommitHasIsNotFetchedForTheNext() {
        FakeRepository repository = smallModel();
        Path first = fixture.model("owner/name");
        repository.commit = "f".repeat(40);
        repository.with("config.json", "{\"new\":1}");
        Path second = fixture.model("owner/name");
        assertThat(second).isNotEqualTo(first);
        assertThat(first.resolve("config.json")).hasContent("{}");
        assertThat(second.resolve("config.json")).hasContent("{\"new\":1}");
        assertThat(second.resolve("model.safetensors")).hasContent("weights");
        assertThat(hub.fetched("model.safetensors")).hasSize(1);
    }

    @Test
    void aTruncatedFileInTheCacheIsMended() throws IOException {
        smallModel();
        Path folder = fixture.model("owner/name");
        Path blob = folder.resolve("model.safetensors").toRealPath();
        Files.writeString(blob, "wei");
        assertThat(fixture.model("owner/name").resolve("model.safetensors")).hasContent("weights");
    }

    @Test
    void progressIsInBytesOfAllMissingFiles() {
        smallModel();
        fixture.model("owner/name");
        assertThat(fixture.progress)
                .startsWith("begin", "0/29 config.json", "2/29 config.json")
                .contains("14/29 tokenizer.json", "22/29 chat_template.jinja", "29/29 model.safetensors")
                .endsWith("29/29 model.safetensors", "end");
        fixture.progress.clear();
        fixture.model("owner/name");
        assertThat(fixture.progress).isEmpty();
    }

    @Test
    void aDiskThatIsTooSmallIsSaidBeforeAnythingComes() {
        smallModel();
        fixture.freeSpace = folder -> 28;
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .hasMessage("The disk of " + cache + " has 28 bytes free, 29 bytes are needed: make room, or name a"
                        + " folder on another disk by HF_HOME");
        assertThat(hub.fetched("config.json")).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        smallModel();
        Files.writeString(cache.resolve("models--owner--name"), "a file in the way");
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("Can't write " + cache.resolve("models--owner--name"))
                .hasMessageContaining("HF_HOME");
    }

    @Test
    void anAdaptersPickleIsRefusedToo() {
        hub.model("owner/adapter").with("adapter_config.json", "{}").with("adapter_model.bin", "pickle");
        assertThatThrownBy(
                        () -> fixture.hub().refresh(HubFixture.main("owner/adapter"), FileSelection.MODEL_OR_ADAPTER))
                .hasMessageContaining("is an adapter without adapter_model.safetensors");
    }

    /** Linux has a file that is always full. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatGetsFullInBetweenIsSaidAndNothingHalfIsShown() throws IOException {
        FakeRepository repository = smallModel();
        Path partial = cache.resolve(
                "models--owner--name/blobs/" + repository.etag("model.safetensors") + ".sqltune.incomplete");
        Files.createDirectories(partial.getParent());
        Files.createSymbolicLink(partial, Path.of("/dev/full"));
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("Check that the disk has room")
                .hasMessageContaining("HF_HOME");
        assertThat(cache.resolve("models--owner--name/snapshots/" + COMMIT + "/model.safetensors"))
                .doesNotExist();
        Files.delete(partial);
        assertThat(fixture.model("owner/name").resolve("model.safetensors")).hasContent("weights");
    }

    @Test
    void anEmptyFileIsAFileToo() {
        hub.dataset("owner/rows").with("empty.txt", "");
        RepositoryRevision rows =
                new RepositoryRevision(new RepositoryId(RepositoryType.DATASET, "owner/rows"), "main");
        assertThat(fixture.hub().refresh(rows, FileSelection.EVERYTHING).resolve("empty.txt"))
                .isEmptyFile();
    }

    @Test
    void aMirrorThatTellsNamesOnlyIsAskedForEachFile() {
        smallModel();
        hub.tellsHashes = false;
        assertThat(fixture.model("owner/name").resolve("model.safetensors")).hasContent("weights");
        assertThat(hub.asked()).extracting(FakeHub.Asked::method).contains("HEAD");
    }

    @Test
    void aMirrorWithoutApiIsAskedForTheNamesThatModelsHave() {
        smallModel();
        hub.hasApi = false;
        Path folder = fixture.model("owner/name");
        assertThat(folder.resolve("model.safetensors")).hasContent("weights");
        assertThat(folder.resolve("tokenizer_config.json")).doesNotExist();
        assertThatThrownBy(() -> fixture.model("owner/nothing")).hasMessageContaining("has no model owner/nothing");
    }

    @Test
    void aRevisionMayHaveSlashes() {
        smallModel();
        RepositoryRevision wanted =
                new RepositoryRevision(new RepositoryId(RepositoryType.MODEL, "owner/name"), "refs/pr/1");
        fixture.hub().refresh(wanted, FileSelection.MODEL);
        assertThat(cache.resolve("models--owner--name/refs/refs/pr/1")).hasContent(COMMIT);
        assertThat(hub.asked().get(0).path()).isEqualTo("/api/models/owner/name/revision/refs%2Fpr%2F1?blobs=true");
    }

    @Test
    void ofACommitNothingIsNotedUnderRefs() {
        smallModel();
        fixture.hub().refresh(HubFixture.main("owner/name").at(COMMIT), FileSelection.MODEL);
        assertThat(cache.resolve("models--owner--name/refs")).doesNotExist();
        assertThat(fixture.hub().cached(HubFixture.main("owner/name").at(COMMIT), FileSelection.MODEL))
                .isPresent();
        assertThat(List.of(cache.resolve("models--owner--name/snapshots/" + COMMIT)))
                .allMatch(Files::isDirectory);
    }
}
