package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.synthesis.demo.DemoDatabases;
import org.sqltune.workflow.TaskListener;

class WriteDemoTest {
    @TempDir
    private Path folder;

    @Test
    void scriptsAloneAreWrittenUnlessDatabasesAreAskedFor() {
        WriteDemo.Result result = new WriteDemo().run(new WriteDemo.Request(folder, false), TaskListener.NONE);

        assertThat(result.scripts())
                .hasSize(DemoDatabases.IDS.size())
                .allSatisfy(file -> assertThat(file).content().contains("CREATE TABLE"));
        assertThat(result.databases()).isEmpty();
        assertThat(folder.resolve("saas")).doesNotExist();
    }

    @Test
    void databasesCanBeQueried() {
        DataFixture watch = new DataFixture(folder);
        WriteDemo.Result result = new WriteDemo().run(new WriteDemo.Request(folder, true), watch);

        assertThat(result.databases()).hasSize(DemoDatabases.IDS.size());
        for (Path file : result.databases()) {
            try (SqliteExecutor executor = SqliteExecutor.open(file, QueryLimits.DEFAULTS)) {
                assertThat(executor.execute("SELECT name FROM sqlite_master").rows())
                        .isNotEmpty();
            }
        }
        assertThat(watch.tasks).containsExactly("Writing the demo databases");
        assertThat(watch.progress).containsExactly("1/2", "2/2");
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() {
        Path file = new DataFixture(folder).file("taken", "");
        assertThatThrownBy(() -> new WriteDemo().run(new WriteDemo.Request(file, false), TaskListener.NONE))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(file.toString());
    }
}
