package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.data.verify.Verification.VerifiedFile;

/** {@link VerifyDataset} and {@link DownloadDataset}; a server's answers are tested where the command is. */
class VerifyDatasetTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path summary;

    @BeforeEach
    void makeFixture() {
        fixture = new DataFixture(folder);
        summary = folder.resolve("summary.json");
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void brokenFilesAndDatabasesArePartOfTheResult() {
        Path spider = spider("[{\"db_id\": \"zoo\", ");
        fixture.file("spider/database/zoo/zoo.sqlite", "no database");

        VerifyDataset.Result result = verify("data.dataset=spider", "data.path=" + spider);

        assertThat(result.verification().isWhole()).isFalse();
        assertThat(result.faults())
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).contains("dev.json"))
                .anySatisfy(fault -> assertThat(fault).contains("zoo.sqlite"));
        assertThat(result.summary()).content().contains("\"whole\" : false", "\"dataset\" : \"spider\"");
        assertThat(fixture.tasks).containsExactly("Verifying");
        assertThat(fixture.progress).containsExactly("1/2", "2/2");
    }

    @Test
    void rowsAreCountedAndComparedWithThePublishedNumber() {
        Path spider = spider("[{\"db_id\": \"zoo\", \"question\": \"?\", \"query\": \"SELECT 1\"}]");

        VerifyDataset.Result result = verify("data.dataset=spider", "data.path=" + spider);

        VerifiedFile dev = result.verification().files().stream()
                .filter(file -> file.file().equals("dev.json"))
                .findFirst()
                .orElseThrow();
        assertThat(dev.rows()).isEqualTo(1);
        assertThat(dev.publishedRows()).isEqualTo(1034);
        assertThat(result.faults()).isEmpty();
        assertThat(result.verification().isWhole()).isFalse();
    }

    @Test
    void anOwnFileIsWholeIfEveryRowCanBeRead() {
        Path rows = fixture.file("rows.jsonl", DataFixture.row("zoo", "Who?", "SELECT 1"));

        VerifyDataset.Result result = verify("data.train_file=" + rows);

        assertThat(result.place()).isEqualTo(rows);
        assertThat(result.verification().isWhole()).isTrue();
    }

    @Test
    void withoutAPlaceThereIsNothingToLookAt() {
        assertThatThrownBy(() -> verify("data.dataset=demo"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("data.dataset=spider data.path=spider");
        assertThat(summary).doesNotExist();
    }

    @Test
    void whatWasFetchedByHandIsVerifiedWhereItLies() {
        Path spider = spider("[]");

        VerifyDataset.Result result = download(Dataset.SPIDER, spider);

        assertThat(result.place()).isEqualTo(spider);
        assertThat(result.verification().files()).isNotEmpty();
        assertThat(summary).exists();
        assertThat(fixture.tasks).containsExactly("Verifying");
    }

    @Test
    void whatNoProgramMayFetchIsDescribed() {
        Path place = folder.resolve("nowhere");
        assertThatThrownBy(() -> download(Dataset.SPIDER, place))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("https://yale-lily.github.io/spider")
                .hasMessageContaining("at " + place)
                .hasMessageContaining("sqltune data verify data.dataset=spider");
        assertThatThrownBy(() -> download(Dataset.DEMO, null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("spider, ");
        assertThat(summary).doesNotExist();
    }

    @Test
    void offlineTheHubIsNotAsked() {
        assertThatThrownBy(() -> download(Dataset.GRETEL, null))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("HF_HUB_OFFLINE");
        assertThat(summary).doesNotExist();
    }

    private Path spider(String dev) {
        return fixture.file("spider/dev.json", dev).getParent();
    }

    private VerifyDataset.Result verify(String... keys) {
        return new VerifyDataset(fixture.workspace)
                .run(new VerifyDataset.Request(DataFixture.config(keys).data(), summary), fixture);
    }

    private VerifyDataset.Result download(Dataset dataset, Path path) {
        return new DownloadDataset(fixture.workspace).run(new DownloadDataset.Request(dataset, path, summary), fixture);
    }
}
