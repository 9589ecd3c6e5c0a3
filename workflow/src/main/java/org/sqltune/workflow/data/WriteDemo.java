package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.synthesis.demo.DemoDatabases;
import org.sqltune.workflow.TaskListener;

/** Writes the five demo databases from the jar. */
public final class WriteDemo {
    /**
     * A request for the demo databases.
     *
     * @param outputDir the output folder
     * @param sqlite whether to write {@code NAME/NAME.sqlite} besides the scripts {@code NAME.sql}
     */
    public record Request(Path outputDir, boolean sqlite) {
        /** The default output folder. */
        public static final Path DEFAULT_OUTPUT_DIR = Path.of("demo");

        /** Returns a request for only the scripts, in the default folder. */
        public static Request defaults() {
            return new Request(DEFAULT_OUTPUT_DIR, false);
        }
    }

    /**
     * The written files.
     *
     * @param scripts one SQL script per database
     * @param databases one SQLite file per database; empty unless requested
     */
    public record Result(List<Path> scripts, List<Path> databases) {
        public Result {
            scripts = List.copyOf(scripts);
            databases = List.copyOf(databases);
        }
    }

    /**
     * Writes the files.
     *
     * @param listener notified when the scripts and when the databases are written
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
