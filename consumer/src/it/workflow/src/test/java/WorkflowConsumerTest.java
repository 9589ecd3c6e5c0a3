import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.data.PrepareData;

/** What a program does that has {@code sqltune-workflow} as its one dependency. */
class WorkflowConsumerTest {
    @TempDir
    private Path folder;

    @Test
    void theDemoIsPreparedForTraining() throws Exception {
        RunConfig config = new RunConfigLoader().load("demo", "data:\n  dataset: demo\n", List.of());
        try (Workspace workspace = Workspace.ofUser()) {
            new PrepareData(workspace)
                    .run(
                            new PrepareData.Request(config, folder, PrepareData.Request.DEFAULT_ROWS),
                            TaskListener.NONE);
        }

        List<String> rows = Files.readAllLines(folder.resolve("train.jsonl"));
        assertTrue(rows.size() > 5000, rows.size() + " rows");
        assertTrue(rows.get(0).contains("\"completion\":\"SELECT "), rows.get(0));
    }

    @Test
    void parquetFilesCanBeRead() throws Exception {
        Class.forName("blue.strategic.parquet.ParquetReader");
    }
}
