package org.sqltune.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.hub.client.FakeHub;
import org.sqltune.model.hub.client.HubFixture;

/** Several downloads of one model at once: each file comes once, and everybody has all of them. */
class SimultaneousDownloadsTest {
    private static final byte[] BYTES = new byte[2_000_000];

    static {
        new Random(11).nextBytes(BYTES);
    }

    private final FakeHub hub = new FakeHub();

    @TempDir
    private Path cache;

    @BeforeEach
    void makeModel() {
        hub.model("owner/name")
                .with("config.json", "{}")
                .with("tokenizer.json", "{\"vocab\":{}}")
                .with("model.safetensors", BYTES);
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    private void assertThatEachFileCameOnce() throws IOException {
        assertThat(hub.fetched("model.safetensors")).hasSize(1);
        assertThat(hub.fetched("tokenizer.json")).hasSize(1);
        try (Stream<Path> blobs = Files.list(cache.resolve("models--owner--name/blobs"))) {
            assertThat(blobs).hasSize(3);
        }
    }

    @Test
    void threads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Path> download = () -> new HubFixture(hub.address(), cache).model("owner/name");
            List<Future<Path>> folders = threads.invokeAll(List.of(download, download, download, download));
            for (Future<Path> folder : folders) {
                assertThat(folder.get().resolve("model.safetensors")).hasBinaryContent(BYTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThatEachFileCameOnce();
    }

    @Test
    void anotherProcessIsWaitedFor() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        hub.fail("model.safetensors", new Fault.Hold(gate));
        Process other = start();
        try {
            // By now the other process has the lock of the weights; they come only when this one waits for it.
            while (hub.fetched("model.safetensors").isEmpty() && other.isAlive()) {
                Thread.sleep(5);
            }
            HubFixture fixture = new HubFixture(hub.address(), cache);
            fixture.whileLocked = gate::countDown;
            assertThat(fixture.model("owner/name").resolve("model.safetensors")).hasBinaryContent(BYTES);
            assertThat(gate.getCount()).as("this process has waited").isZero();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).isZero();
        } finally {
            other.destroyForcibly();
        }
        assertThatEachFileCameOnce();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        hub.address().toString(),
                        cache.toString())
                .inheritIO()
                .start();
    }

    /** Downloads the model. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) {
            new HubFixture(URI.create(arguments[0]), Path.of(arguments[1])).model("owner/name");
        }
    }
}
