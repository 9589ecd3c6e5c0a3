package org.sqltune.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.hub.client.FakeHub;
import org.sqltune.model.hub.client.FakeRepository;
import org.sqltune.model.hub.client.HubFixture;
import org.sqltune.model.hub.client.RepositoryRevision;

/**
 * One cache, used by Python's huggingface_hub and transformers and by SqlTune. Needs a Python with
 * tools/parity/requirements.txt, named by the system property {@code sqltune.python}.
 */
@Tag("heavy")
class HubCacheWithPythonTest {
    private static final Path TINY = Path.of("src", "test", "resources", "parity", "tiny_llama_with_tokenizer");
    private static final RepositoryRevision MODEL = HubFixture.main("owner/tiny");

    private final FakeHub hub = new FakeHub();

    @TempDir
    private Path folder;

    private Path cache;
    private HubFixture fixture;

    @BeforeEach
    void makeModel() throws IOException {
        FakeRepository repository = hub.model("owner/tiny").with("README.md", "a tiny model");
        for (String name : new String[] {
            "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"
        }) {
            repository.with(name, Files.readAllBytes(TINY.resolve(name)));
        }
        cache = folder.resolve("hub");
        fixture = new HubFixture(hub.address(), cache);
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    @Test
    void whatFromPretrainedDownloadedIsUsedWithoutAskingTheHub() throws Exception {
        python("load", Map.of());
        assertThatTheCacheIsEnough();
    }

    @Test
    void whatSnapshotDownloadDownloadedIsUsedWithoutAskingTheHub() throws Exception {
        String snapshot = python("snapshot", Map.of());
        assertThat(assertThatTheCacheIsEnough()).isEqualTo(Path.of(snapshot));
    }

    @Test
    void aModelWithoutTheFilesThatNotEveryModelHasIsUsedToo() throws Exception {
        FakeRepository bare = hub.model("owner/bare");
        for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
            bare.with(name, Files.readAllBytes(TINY.resolve(name)));
        }
        run("snapshot", "owner/bare", Map.of());
        int requests = hub.asked().size();
        fixture.hub().get(HubFixture.main("owner/bare"), FileSelection.MODEL);
        assertThat(hub.asked()).hasSize(requests);
    }

    private Path assertThatTheCacheIsEnough() {
        int requests = hub.asked().size();
        assertThat(requests).isPositive();
        Path found = fixture.hub().get(MODEL, FileSelection.MODEL);
        assertThat(found.resolve("model.safetensors")).hasSameBinaryContentAs(TINY.resolve("model.safetensors"));
        assertThat(hub.asked()).as("nobody was asked").hasSize(requests);
        // And where the hub is asked on purpose, nothing is fetched again.
        fixture.hub().refresh(MODEL, FileSelection.MODEL);
        assertThat(hub.asked()).hasSize(requests + 1);
        return found;
    }

    @Test
    void whatWasDownloadedHereLoadsInPythonOffline() throws Exception {
        assertThatPythonLoadsOffline();
    }

    @Test
    void whatWasDownloadedHereWithoutLinksLoadsInPythonOffline() throws Exception {
        fixture.withoutSymlinks();
        assertThatPythonLoadsOffline();
    }

    private void assertThatPythonLoadsOffline() throws Exception {
        Path snapshot = fixture.hub().get(MODEL, FileSelection.MODEL);
        int requests = hub.asked().size();
        assertThat(python("load", Map.of("HF_HUB_OFFLINE", "1"))).isEqualTo(parameters());
        assertThat(python("snapshot", Map.of("HF_HUB_OFFLINE", "1"))).isEqualTo(snapshot.toString());
        assertThat(hub.asked()).hasSize(requests);
        // Online, Python fetches what it wants beyond a model's files, and nothing of what is there.
        python("snapshot", Map.of());
        assertThat(hub.fetched("model.safetensors")).hasSize(1);
        assertThat(hub.fetched("README.md")).hasSize(1);
        assertThat(snapshot.resolve("README.md")).exists();
    }

    /** From the shapes of the fixture: embedding and head, layers, norms. */
    private static String parameters() throws IOException {
        var config = org.sqltune.model.json.JsonObjects.read(TINY.resolve("config.json"));
        long hidden = config.get("hidden_size").asLong();
        long heads = config.get("num_attention_heads").asLong();
        long headSize = config.path("head_dim").asLong(hidden / heads);
        long keyValue = config.get("num_key_value_heads").asLong() * headSize;
        long attention = 2 * hidden * heads * headSize + 2 * hidden * keyValue;
        long feedForward = 3 * hidden * config.get("intermediate_size").asLong();
        long embedding = config.get("vocab_size").asLong() * hidden;
        long layers = config.get("num_hidden_layers").asLong();
        boolean tied = config.path("tie_word_embeddings").asBoolean();
        return Long.toString((tied ? 1 : 2) * embedding + layers * (attention + feedForward + 2 * hidden) + hidden);
    }

    private String python(String command, Map<String, String> environment) throws Exception {
        return run(command, MODEL.repository().name(), environment);
    }

    private String run(String command, String repository, Map<String, String> environment) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(python(), script().toString(), command, repository);
        builder.environment().keySet().removeIf(name -> name.startsWith("HF_"));
        builder.environment()
                .putAll(new TreeMap<>(Map.of(
                        "HF_ENDPOINT", hub.address().toString(),
                        "HF_HOME", folder.toString(),
                        "HF_HUB_DISABLE_TELEMETRY", "1",
                        "HF_HUB_DISABLE_PROGRESS_BARS", "1",
                        "OMP_NUM_THREADS", "1")));
        builder.environment().putAll(environment);
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("Python ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("hub_cache.py: %s", Files.readString(err))
                .isZero();
        return Files.readString(out).strip();
    }

    private static String python() {
        String python = System.getProperty("sqltune.python");
        if (python == null || python.isBlank()) {
            throw new SqlTuneException(
                    "name a Python that has tools/parity/requirements.txt: -Dsqltune.python=/path/to/bin/python");
        }
        return python;
    }

    /** Tests run in the module's folder. */
    private static Path script() {
        Path script = Path.of("..", "tools", "parity", "hub_cache.py").toAbsolutePath();
        assertThat(script).exists();
        return script.normalize();
    }
}
