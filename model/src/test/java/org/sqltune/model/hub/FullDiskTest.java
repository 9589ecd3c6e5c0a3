package org.sqltune.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.hub.client.FakeHub;
import org.sqltune.model.hub.client.FakeRepository;
import org.sqltune.model.hub.client.HubFixture;

/** A disk that is full half way: what has come stays, and the next download goes on from there. */
class FullDiskTest {
    private static final byte[] BYTES = new byte[2_000_000];

    static {
        new Random(13).nextBytes(BYTES);
    }

    private final FakeHub hub = new FakeHub();

    @TempDir
    private Path cache;

    @AfterEach
    void closeHub() {
        hub.close();
    }

    /** A process that may write no file beyond half a megabyte, or a whole one: shells differ in the unit. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its shells have no ulimit")
    void whatHasComeIsKeptAndTheNextTimeGoesOnFromThere() throws Exception {
        FakeRepository repository = hub.model("owner/name")
                .with("config.json", "{}")
                .with("tokenizer.json", "{\"vocab\":{}}")
                .with("model.safetensors", BYTES);
        Path blobs = cache.resolve("models--owner--name/blobs");
        Path partial = blobs.resolve(repository.etag("model.safetensors") + ".sqltune.incomplete");

        String told = downloadWithLittleRoom();
        assertThat(told)
                .startsWith("Can't write " + blobs.resolve(repository.etag("model.safetensors")))
                .contains("Check that the disk has room", "HF_HOME")
                .hasLineCount(1);
        long kept = Files.size(partial);
        assertThat(kept).isBetween(500_000L, 1_100_000L);
        assertThat(Files.readAllBytes(partial)).isEqualTo(Arrays.copyOf(BYTES, (int) kept));
        assertThat(cache.resolve("models--owner--name/refs")).doesNotExist();

        Path folder = new HubFixture(hub.address(), cache).model("owner/name");
        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(BYTES);
        assertThat(hub.fetched("model.safetensors"))
                .extracting(FakeHub.Asked::range)
                .containsExactly(null, "bytes=" + kept + "-");
        assertThat(hub.fetched("tokenizer.json")).hasSize(1);
    }

    private String downloadWithLittleRoom() throws IOException, InterruptedException {
        Path told = cache.resolve("told");
        Process process = new ProcessBuilder(List.of(
                        "sh",
                        "-c",
                        "ulimit -f 1024 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        hub.address().toString(),
                        cache.toString(),
                        told.toString()))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readString(told);
    }

    /** Downloads the model and writes down why that failed. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws IOException {
            try {
                new HubFixture(URI.create(arguments[0]), Path.of(arguments[1])).model("owner/name");
            } catch (SqlTuneException e) {
                Files.writeString(Path.of(arguments[2]), String.valueOf(e.getMessage()), StandardCharsets.UTF_8);
            }
        }
    }
}
