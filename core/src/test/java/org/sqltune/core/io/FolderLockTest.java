package org.sqltune.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;

/** One folder, one process. */
class FolderLockTest {
    @TempDir
    private Path folder;

    /** A process that holds a folder until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            FolderLock.inside(Path.of(arguments[0]), "--output-dir");
            System.out.println("held");
            TimeUnit.MINUTES.sleep(2);
        }
    }

    @Test
    @Timeout(60)
    void anotherProcessIsNamedAndItsLockVanishesWithItHoweverItEnds() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> FolderLock.inside(folder, "--output-dir"))
                        .isInstanceOf(ConfigException.class)
                        .hasMessage(folder + ": is in use by process " + holder.pid()
                                + ": wait until it has ended, or choose another --output-dir");
            }
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(folder.resolve(FolderLock.NAME))
                .as("left by the killed process")
                .exists();
        FolderLock.inside(folder, "--output-dir").close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void twoRunsOfOneProcessDoNotShareAFolderEither() throws IOException {
        Path other = Files.createSymbolicLink(folder.resolve("other"), Files.createDirectory(folder.resolve("out")));
        try (FolderLock first = FolderLock.inside(folder.resolve("out"), "--output-dir")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> FolderLock.inside(other, "--output-dir"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("is in use by another run of this process, "
                            + ProcessHandle.current().pid());
        }
        assertThat(FolderLock.inside(other, "--output-dir").during(() -> "free"))
                .isEqualTo("free");
    }

    @Test
    void oneFileIsWrittenByOneRunAtATime() {
        Path file = folder.resolve("rows.jsonl");
        String written = FolderLock.whileWriting(file, "--output", () -> {
            assertThatThrownBy(() -> FolderLock.whileWriting(file, "--output", () -> "second"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(file + ": is in use by another run of this process, ")
                    .hasMessageEndingWith(": wait until it has ended, or choose another --output");
            AtomicFiles.writeString(file, "first");
            return "first";
        });

        assertThat(written).isEqualTo("first");
        assertThat(FolderLock.whileWriting(file, "--output", () -> "later")).isEqualTo("later");
        assertThat(folder)
                .isDirectoryContaining(path -> path.equals(file))
                .isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void nothingIsLockedWhereNothingIsReplaced() {
        assertThat(FolderLock.<String>whileWriting(null, "--output", () -> "no file"))
                .isEqualTo("no file");
        Path device = Path.of("/dev/null");
        if (Files.exists(device)) {
            assertThat(FolderLock.whileWriting(
                            device, "--output", () -> FolderLock.whileWriting(device, "--output", () -> "both")))
                    .isEqualTo("both");
        }
    }

    @Test
    void aFolderThatStaysEmptyIsGoneAfterwards() throws IOException {
        Path inner = folder.resolve("a/b");
        FolderLock.inside(inner, "--output-dir").close();
        assertThat(folder).isEmptyDirectory();
        FolderLock.inside(inner, "--output-dir").during(() -> {
            AtomicFiles.writeString(inner.resolve("rows.jsonl"), "{}");
            return inner;
        });
        assertThat(inner).isDirectoryContaining("glob:**rows.jsonl");
        assertThat(inner.resolve(FolderLock.NAME)).doesNotExist();
    }

    @Test
    void aFolderThatIsReplacedAsAWholeIsLockedBesideIt() {
        Path model = folder.resolve("model");
        try (FolderLock lock = FolderLock.beside(model, "--output")) {
            assertThat(lock).isNotNull();
            assertThat(folder.resolve(".model.lock")).exists();
            assertThat(model).doesNotExist();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void hashesAreThoseOfWhatWentThroughOrLiesOnTheDisk() throws IOException {
        Path file = folder.resolve("file");
        FileHashes hashes = new FileHashes();
        try (var out = hashes.open(file)) {
            out.write("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(FileHashes.read(file)).isEqualTo(abc);
        Files.writeString(file, "other");
        assertThat(hashes.of(file)).as("as it was written").isEqualTo(abc);
        assertThat(FileHashes.read(file)).isNotEqualTo(abc);
    }
}
