package org.sqltune.workflow.hostile;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads damaged files in a process that may crash: {@code FOLDER FIRST LAST}. Prints a line before and after each. */
final class ReaderProcess {
    private ReaderProcess() {}

    public static void main(String... arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (Readers readers = new Readers(Path.of(arguments[0]))) {
            long last = Long.parseLong(arguments[2]);
            for (long seed = Long.parseLong(arguments[1]); seed <= last; seed++) {
                DamagedFile file = DamagedCase.file(seed);
                byte[] content = Damage.apply(file.form(), readers.content(file), seed);
                out.println("BEGIN\t" + seed + "\t" + file);
                long start = System.nanoTime();
                Verdict verdict = verdict(readers, file, content);
                long millis = (System.nanoTime() - start) / 1_000_000;
                out.println(String.join(
                        "\t",
                        "END",
                        "" + seed,
                        "" + file,
                        "" + verdict.kind(),
                        "" + millis,
                        verdict.text()
                                .replaceAll("\\s", " ")
                                .replace(readers.folder().toString(), "…")));
            }
        }
        System.exit(0);
    }

    private static Verdict verdict(Readers readers, DamagedFile file, byte... content) {
        try {
            readers.use(file, content);
            return Verdict.READ;
        } catch (Throwable thrown) {
            return Verdict.of(thrown);
        }
    }
}
