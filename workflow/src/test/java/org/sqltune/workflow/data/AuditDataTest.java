package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.data.audit.AuditJson;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.audit.PartAudit;
import org.sqltune.workflow.data.AuditData.OfConfig;
import org.sqltune.workflow.data.AuditData.OfFiles;
import org.sqltune.workflow.data.AuditData.Source;

class AuditDataTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path rows;

    @BeforeEach
    void makeFixture() {
        fixture = new DataFixture(folder);
        rows = fixture.file(
                "rows.jsonl",
                DataFixture.row("zoo", "How many?", "SELECT count(*) FROM animals")
                        + DataFixture.row("zoo", "How old?", "SELECT age FROM animals")
                        + DataFixture.row("zoo", "Which fly?", "SELECT name FROM animals WHERE legs = 9"));
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void queriesAreRunOnTheNamedDatabases() {
        Path output = folder.resolve("audit.json");
        AuditReport report = new AuditData(fixture.workspace)
                .run(new AuditData.Request(files(rows), fixture.zoo(), 5, 1, output), fixture);

        assertThat(report.parts()).extracting(PartAudit::executed).containsExactly(3);
        assertThat(report.count(Fault.FAILING)).isEqualTo(1);
        assertThat(report.count(Fault.EMPTY)).isEqualTo(1);
        assertThat(output).hasContent(AuditJson.of(report));
        assertThat(fixture.tasks).containsExactly("Auditing");
        assertThat(fixture.progress).endsWith("3/3");
    }

    @Test
    void withoutDatabasesNothingIsRun() {
        AuditReport report = audit(files(rows));

        assertThat(report.parts()).extracting(PartAudit::executed).containsExactly(0);
        assertThat(report.parts().get(0).withoutDatabase()).containsEntry("zoo", 3);
    }

    @Test
    void faultsThatOnlyRunningShowsCantBeRuledOutWhereNothingRan() {
        AuditReport report = audit(files(rows));

        assertThatThrownBy(() -> AuditData.hasAny(report, Set.of(Fault.FAILING, Fault.LEAKAGE)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("--fail-on failing: no query was run")
                .hasMessageContaining("--databases");
        assertThat(AuditData.hasAny(report, Set.of(Fault.LEAKAGE))).isFalse();
    }

    @Test
    void databasesBesideTheFileAreFound() {
        fixture.database("database/zoo/zoo.sqlite", "CREATE TABLE animals (name TEXT, legs INTEGER)");

        assertThat(audit(files(rows)).parts()).extracting(PartAudit::executed).containsExactly(3);
    }

    @Test
    void heldOutRowsBesideATrainingFileAreFoundInIt() {
        fixture.file("dev.jsonl", DataFixture.row("zoo", "How many?", "SELECT count(*) FROM animals"));
        fixture.file("unrelated.jsonl", DataFixture.row("zoo", "How many?", "SELECT count(*) FROM animals"));

        AuditReport report = audit(files(rows));

        assertThat(report.parts()).extracting(PartAudit::name).containsExactly("rows.jsonl", "dev.jsonl");
        assertThat(report.count(Fault.LEAKAGE)).isEqualTo(1);
    }

    @Test
    void namedHeldOutFilesReplaceThoseBeside() {
        fixture.file("dev.jsonl", DataFixture.row("zoo", "How many?", "SELECT count(*) FROM animals"));
        Path other = fixture.file("held/out.jsonl", DataFixture.row("zoo", "Who?", "SELECT name FROM animals"));

        AuditReport report = audit(new OfFiles(List.of(rows), List.of(other)));

        assertThat(report.parts()).extracting(PartAudit::name).containsExactly("rows.jsonl", "out.jsonl");
        assertThat(report.count(Fault.LEAKAGE)).isZero();
    }

    @Test
    void theDataOfAConfigurationAreAuditedPartByPart() {
        Path test = fixture.file("test.jsonl", DataFixture.row("zoo", "How many?", "SELECT count(*) FROM animals"));

        AuditReport report = audit(new OfConfig(DataFixture.config(
                "data.train_file=" + rows, "data.validation_file=" + test, "data.test_file=" + test)));

        assertThat(report.parts()).extracting(PartAudit::name).containsExactly("train", "validation and test");
        assertThat(report.count(Fault.LEAKAGE)).isEqualTo(1);
    }

    @Test
    void theDemosOwnDatabasesAreUsed() {
        AuditReport report = audit(new OfConfig(DataFixture.config("data.max_train_samples=20")));

        assertThat(report.parts())
                .allSatisfy(part -> assertThat(part.executed()).isEqualTo(part.examples()));
        assertThat(report.count(Fault.FAILING)).isZero();
    }

    @Test
    void spidersCsvIsTakenAsItIs() {
        fixture.file("csv/spider_text_sql.csv", "text_query,sql_command\nWho sings?,SELECT name FROM singer\n");
        fixture.file("csv/dev.json", """
                [{"db_id": "c", "question": "Who sings?", "query": "SELECT name FROM singer", "sql": {}}]""");

        AuditReport report = audit(
                new OfConfig(DataFixture.config("data.dataset=spider_csv", "data.path=" + folder.resolve("csv"))));

        assertThat(report.parts()).extracting(PartAudit::name).containsExactly("spider_text_sql.csv", "dev.json");
        assertThat(report.count(Fault.LEAKAGE)).isEqualTo(1);
    }

    @Test
    void everythingThatIsNotThereIsNamedAtOnce() {
        AuditData.Request request = new AuditData.Request(
                new OfFiles(List.of(folder.resolve("row.jsonl")), List.of(folder.resolve("gone.jsonl"))),
                folder.resolve("nowhere"),
                1,
                1,
                null);
        assertThatThrownBy(() -> new AuditData(fixture.workspace).run(request, fixture))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--train " + folder.resolve("row.jsonl"))
                .hasMessageContaining("did you mean " + rows)
                .hasMessageContaining("--against " + folder.resolve("gone.jsonl"))
                .hasMessageContaining("--databases " + folder.resolve("nowhere"));
        assertThatThrownBy(() -> new OfFiles(List.of(), List.of(rows))).isInstanceOf(ConfigException.class);
        assertThat(fixture.tasks).isEmpty();
    }

    @Test
    void readyPromptsCannotBeAudited() {
        Path ready = fixture.file("ready.jsonl", "{\"prompt\": \"p\", \"completion\": \"c\"}\n");
        assertThatThrownBy(() -> audit(new OfConfig(DataFixture.config("data.train_file=" + ready))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("to audit, use rows of db_id, question, schema and sql");
    }

    private static OfFiles files(Path train) {
        return new OfFiles(List.of(train), List.of());
    }

    private AuditReport audit(Source source) {
        return new AuditData(fixture.workspace).run(AuditData.Request.of(source), fixture);
    }
}
