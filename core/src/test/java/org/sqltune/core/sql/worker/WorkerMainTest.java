package org.sqltune.core.sql.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.ResultCollector;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.TestDatabases;
import org.sqltune.core.sql.worker.Request.Operation;

/** A worker process itself, spoken to as {@link WorkerProcess} does, and the command that starts it. */
class WorkerMainTest {
    private static final int SECONDS = 20;

    @TempDir
    private Path folder;

    private Process worker;

    @AfterEach
    void endWorker() {
        if (worker != null) {
            worker.destroyForcibly();
        }
    }

    @Test
    void aReadyWorkerHasDeletedItsUnpackedLibraryAnswersAndEndsWithItsInput() throws Exception {
        Path file = TestDatabases.create(folder.resolve("a.sqlite"), "CREATE TABLE t (a)");
        Path temporary = folder.resolve("tmp");
        assertThat(temporary.toFile().mkdir()).isTrue();
        DataInputStream answers = start(temporary, ProcessHandle.current().pid());
        assertThat(answers.readUnsignedByte()).isEqualTo(Tag.READY);
        if (!System.getProperty("os.name").startsWith("Windows")) {
            assertThat(temporary).isEmptyDirectory();
        }
        try (DataOutputStream requests = new DataOutputStream(worker.getOutputStream())) {
            request(Operation.OPEN, file, "").write(requests);
            assertThat(read(answers)).isEmpty();
            request(Operation.EXECUTE, file, "SELECT nope FROM t").write(requests);
            assertThatThrownBy(() -> read(answers))
                    .isInstanceOf(SqlExecutionException.class)
                    .hasMessage("no such column: nope");
            request(Operation.EXECUTE, file, "SELECT count(*), 'é' FROM t").write(requests);
            assertThat(read(answers)).containsExactly(List.of(0L, "é"));
        }
        assertThat(worker.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isZero();
        assertThat(answers.read()).as("nothing but answers").isEqualTo(-1);
    }

    @Test
    void aWorkerWhoseParentHasEndedEndsThoughItsInputStaysOpen() throws Exception {
        Process parent = new ProcessBuilder(java(), "-version").start();
        assertThat(parent.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        DataInputStream answers = start(folder, parent.pid());
        assertThat(answers.readUnsignedByte()).isEqualTo(Tag.READY);
        assertThat(worker.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isZero();
    }

    @Test
    void aWorkerGetsLittleOfTheEnvironmentAndTwoPlacesOfClasses() {
        ProcessBuilder builder = WorkerCommand.builder();
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(builder.environment().keySet());
        names.removeAll(Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"));
        names.removeAll(Set.of("SYSTEMROOT", "WINDIR"));
        assertThat(names).containsExactly("MALLOC_ARENA_MAX");
        List<String> command = builder.command();
        assertThat(command)
                .contains("-Xmx64m", WorkerMain.class.getName())
                .endsWith(String.valueOf(ProcessHandle.current().pid()));
        String classPath = command.get(command.indexOf("-cp") + 1);
        assertThat(classPath.split(File.pathSeparator)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void onLinuxTheShellLimitsTheWorkerAndThenBecomesIt() {
        List<String> command = WorkerCommand.builder().command();
        if (System.getProperty("os.name").contains("Linux")) {
            assertThat(command)
                    .startsWith(
                            "/bin/sh",
                            "-c",
                            "ulimit -c 0 && ulimit -f 2097152 && ulimit -v 1048576 && exec \"$0\" \"$@\"",
                            java());
        } else {
            assertThat(command).first().isEqualTo(java());
        }
    }

    private DataInputStream start(Path temporary, long parent) throws Exception {
        ProcessBuilder builder = WorkerCommand.builder();
        List<String> command = builder.command();
        command.add(command.indexOf("-cp"), "-Djava.io.tmpdir=" + temporary);
        command.set(command.size() - 1, String.valueOf(parent));
        worker = builder.start();
        return new DataInputStream(worker.getInputStream());
    }

    private static String java() {
        String name = System.getProperty("os.name").startsWith("Windows") ? "java.exe" : "java";
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static Request request(Operation operation, Path file, String sql) {
        return new Request(operation, file.toString(), QueryLimits.DEFAULTS, sql);
    }

    private static List<List<Object>> read(DataInputStream answers) throws Exception {
        ResultCollector result = new ResultCollector();
        return result.result(new AnswerReader(answers, QueryLimits.DEFAULTS).read(result))
                .rows();
    }
}
