import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.data.DataPreparation;
import org.sqltune.data.PromptDataset;
import org.sqltune.synthesis.demo.DemoSource;

/** What a program does that has {@code sqltune-workflow} as its one dependency. */
class WorkflowConsumerTest {
    @TempDir
    private Path folder;

    @Test
    void theDemoIsPreparedForTraining() {
        RunConfig config = new RunConfigLoader().load("demo", "data:\n  dataset: demo\n", List.of());

        PromptDataset data = new DataPreparation(config.data(), 42, () -> new DemoSource(folder, 42)).prompts();

        assertEquals(4000, data.train().size());
        assertTrue(data.train().get(0).completion().startsWith("SELECT"), data.train().get(0).completion());
    }

    @Test
    void parquetFilesCanBeRead() throws Exception {
        Class.forName("blue.strategic.parquet.ParquetReader");
    }
}
