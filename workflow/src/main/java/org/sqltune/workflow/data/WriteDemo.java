package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.synthesis.demo.DemoDatabases;
import org.sqltune.workflow.TaskListener;

/** Writes the five demo databases out of the jar. */
public final class WriteDemo {
    /**
     * What to write.
     *
     * @param outputDir folder of the files
     * @param sqlite whether to write {@code NAME/NAME.sqlite} beside the scripts {@code NAME.sql}
     */
    public record Request(Path outputDir, boolean sqlite) {
        /** Where the files go unless another folder is named. */
        public static final Path DEFAULT_OUTPUT_DIR = Path.of("demo");

        /** Returns the scripts alone, in the default folder. */
        public static Request defaults() {
            return new Request(DEFAULT_OUTPUT_DIR, false);
        }
    }

    /**
     * What was written.
     *
     * @param scripts one a database
     * @param databases SQLite files, one a database; empty unless asked for
     */
    public record Result(List<Path> scripts, List<Path> databases) {
        public Result {
            scripts = List.copyOf(scripts);
            databases = List.copyOf(databases);
        }
    }

    /**
     * Writes them.
     *
     * @param listener told once the scripts, and once the databases are written
     * @throws org.sqltune.core.SqlTuneException if a file can't be written
     */
    public Result run(Request request, TaskListener listener) {
        return FolderLock.inside(request.outputDir(), "--output-dir").during(() -> write(request, listener));
    }

    private static Result write(Request request, TaskListener listener) {
        ProgressListener progress = listener.began("Writing the demo databases");
        int steps = request.sqlite() ? 2 : 1;
        List<Path> scripts = DemoDatabases.writeScripts(request.outputDir());
        progress.advanced(1, steps, "scripts");
        if (!request.sqlite()) {
            return new Result(scripts, List.of());
        }
        DemoDatabases databases = new DemoDatabases(request.outputDir());
        databases.materialise();
        progress.advanced(2, steps, "databases");
        return new Result(
                scripts, DemoDatabases.IDS.stream().map(databases::file).toList());
    }
}
