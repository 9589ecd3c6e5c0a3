package org.sqltune.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.hub.client.FakeHub;
import org.sqltune.model.hub.client.FakeRepository;
import org.sqltune.model.hub.client.HubFixture;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RepositoryType;

/** When the network is asked, and when the cache will do. */
class ModelHubTest {
    private static final RepositoryRevision MODEL = HubFixture.main("owner/name");

    private final FakeHub hub = new FakeHub();

    @TempDir
    private Path cache;

    private HubFixture fixture;
    private FakeRepository repository;

    @BeforeEach
    void makeModel() {
        repository = hub.model("owner/name")
                .with("config.json", "{}")
                .with("tokenizer.json", "{}")
                .with("tokenizer_config.json", "{\"bos_token\":null}")
                .with("model.safetensors", "weights");
        fixture = new HubFixture(hub.address(), cache);
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    private Path get() {
        return fixture.hub().get(MODEL, FileSelection.MODEL);
    }

    @Test
    void whatTheCacheHasIsUsedWithoutAWordToTheNetwork() {
        Path folder = get();
        int requests = hub.asked().size();
        assertThat(get()).isEqualTo(folder);
        assertThat(hub.asked()).hasSize(requests);
    }

    @Test
    void whatADownloadWillBringIsKnownBefore() {
        long bytes = fixture.hub().missingBytes(MODEL, FileSelection.MODEL);
        assertThat(bytes).isEqualTo("{}{}{\"bos_token\":null}weights".length());
        fixture.hub().get(MODEL, FileSelection.TOKENIZER);
        assertThat(fixture.hub().missingBytes(MODEL, FileSelection.MODEL)).isEqualTo("weights".length());
        get();
        int requests = hub.asked().size();
        assertThat(fixture.hub().missingBytes(MODEL, FileSelection.MODEL)).isZero();
        assertThat(hub.asked()).hasSize(requests);
    }

    @Test
    void aBranchStaysAsItIsUntilItIsRefreshed() {
        Path old = get();
        repository.commit = "a".repeat(40);
        assertThat(get()).isEqualTo(old);
        Path fresh = fixture.hub().refresh(MODEL, FileSelection.MODEL);
        assertThat(fresh).isNotEqualTo(old);
        assertThat(get()).isEqualTo(fresh);
    }

    @Test
    void aTokenizerAloneComesWithoutWeights() {
        Path folder = fixture.hub().get(MODEL, FileSelection.TOKENIZER);
        assertThat(folder.resolve("tokenizer.json")).exists();
        assertThat(folder.resolve("model.safetensors")).doesNotExist();
        assertThat(fixture.hub().cached(MODEL, FileSelection.TOKENIZER)).contains(folder);
        assertThat(fixture.hub().cached(MODEL, FileSelection.MODEL)).isEmpty();
        assertThat(get().resolve("model.safetensors")).exists();
    }

    @Test
    void offlineTheCacheMustDo() {
        fixture.offline(true);
        assertThatThrownBy(this::get)
                .hasMessageStartingWith("The model owner/name (main) isn't whole in the cache " + cache
                        + ", and HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids to ask for it");
        assertThatThrownBy(() -> fixture.hub().refresh(MODEL, FileSelection.MODEL))
                .hasMessageContaining("forbids");
        assertThat(hub.asked()).isEmpty();
        fixture.offline(false);
        Path folder = get();
        int requests = hub.asked().size();
        fixture.offline(true);
        assertThat(get()).isEqualTo(folder);
        assertThat(fixture.hub().refresh(MODEL, FileSelection.MODEL)).isEqualTo(folder);
        assertThat(hub.asked()).hasSize(requests);
    }

    @Test
    void offlineACacheWithoutRefsIsWhatItsOnlySnapshotSays() throws IOException {
        Path folder = get();
        Files.delete(cache.resolve("models--owner--name/refs/main"));
        fixture.offline(true);

        assertThat(get()).isEqualTo(folder);
        assertThat(fixture.hub().cached(MODEL, FileSelection.MODEL)).contains(folder);
        RepositoryRevision tag = new RepositoryRevision(MODEL.repository(), "v2");
        assertThat(fixture.hub().cached(tag, FileSelection.MODEL)).isEmpty();
        Files.createDirectories(cache.resolve("models--owner--name/snapshots/" + "f".repeat(40)));
        assertThatThrownBy(this::get).hasMessageContaining("isn't whole in the cache");
    }

    @Test
    void onlineTheHubIsAskedWhatABranchWithoutRefIs() throws IOException {
        Path folder = get();
        Path ref = cache.resolve("models--owner--name/refs/main");
        Files.delete(ref);
        int requests = hub.asked().size();

        assertThat(get()).isEqualTo(folder);
        assertThat(hub.asked()).hasSizeGreaterThan(requests);
        assertThat(ref).hasContent(repository.commit);
    }

    @Test
    void offlineADataSetIsWhatTheCacheHasOfIt() {
        hub.dataset("owner/rows").with("rows.csv", "a,b");
        RepositoryRevision rows =
                new RepositoryRevision(new RepositoryId(RepositoryType.DATASET, "owner/rows"), "main");
        Path folder = fixture.hub().refresh(rows, FileSelection.EVERYTHING);
        fixture.offline(true);
        assertThat(fixture.hub().refresh(rows, FileSelection.EVERYTHING)).isEqualTo(folder);
    }

    /** A cache in which nobody noted whether there are further files, such as one filled by hand. */
    private Path cacheWithoutMarks() throws IOException {
        Path folder = get();
        Files.delete(cache.resolve("models--owner--name/.no_exist/" + repository.commit + "/generation_config.json"));
        return folder;
    }

    @Test
    void whereTheCacheMayLackSomethingTheHubIsAskedOnce() throws IOException {
        Path folder = cacheWithoutMarks();
        int requests = hub.asked().size();
        assertThat(get()).isEqualTo(folder);
        assertThat(hub.asked()).hasSize(requests + 1);
        assertThat(get()).isEqualTo(folder);
        assertThat(hub.asked()).hasSize(requests + 1);
    }

    @Test
    void whereTheCacheMayLackSomethingAndNobodyAnswersItIsUsed() throws IOException {
        Path folder = cacheWithoutMarks();
        hub.close();
        assertThat(get()).isEqualTo(folder);
    }

    @Test
    void theListThatNewerPythonToolsKeepSaysWhatThereIsNot() throws IOException {
        Path folder = cacheWithoutMarks();
        Path list = cache.resolve("models--owner--name/trees/" + repository.commit + ".json");
        Files.createDirectories(list.getParent());
        Files.writeString(
                list, "{\"format_version\": 1, \"files\": {\"config.json\": {\"size\": 2, \"blob_id\": \"9e\"}}}");
        int requests = hub.asked().size();
        assertThat(get()).isEqualTo(folder);
        assertThat(hub.asked()).hasSize(requests);
    }

    @Test
    void aCacheWhoseContentIsGoneIsFilledAgain() throws IOException {
        Path folder = get();
        Files.delete(folder.resolve("model.safetensors").toRealPath());
        assertThat(get().resolve("model.safetensors")).hasContent("weights");
    }

    @Test
    void wrongVariablesAreNoTroubleForWhoNeedsNoHub() {
        ModelHub broken = ModelHub.over(
                () -> {
                    throw new SqlTuneException("HF_ENDPOINT is wrong");
                },
                DownloadDisplay.NONE);
        assertThatThrownBy(() -> broken.get(MODEL, FileSelection.MODEL)).hasMessage("HF_ENDPOINT is wrong");
    }

    @Test
    void theHubOverHttpDownloadsAsWell() {
        ModelHub real = ModelHub.over(() -> fixture.settings, DownloadDisplay.NONE);
        assertThat(real.get(MODEL, FileSelection.MODEL).resolve("model.safetensors"))
                .hasContent("weights");
    }
}
