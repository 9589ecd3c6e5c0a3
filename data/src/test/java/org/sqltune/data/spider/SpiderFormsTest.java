package org.sqltune.data.spider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.source.SpiderFixture;
import org.sqltune.data.split.Splits;

/** Spider as a zip, CSpider, and Spider's files with faults in them. */
class SpiderFormsTest {
    @TempDir
    private Path outer;

    private Path folder;

    @BeforeEach
    void writeSpider() throws IOException {
        folder = SpiderFixture.write(Files.createDirectory(outer.resolve("spider_data")));
    }

    @Test
    void theOfficialZipGivesWhatItsFolderGives() throws IOException {
        Path zip = outer.resolve("spider_data.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putArchiveEntry(new ZipArchiveEntry(outer.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
                out.closeArchiveEntry();
            }
        }

        SpiderSource packed = new SpiderSource(zip);

        assertThat(packed.prepare()).isEqualTo(new SpiderSource(folder).prepare());
        assertThat(packed.databases().orElseThrow().locate("shop")).isPresent();
    }

    @Test
    void aFolderAroundTheDataSetWillDo() {
        assertThat(new SpiderSource(outer).prepare().train()).hasSize(3);
    }

    @Test
    void cspiderHasChineseQuestionsInOneTrainingFile() throws IOException {
        Files.delete(folder.resolve("train_others.json"));
        Files.delete(folder.resolve("train_spider.json"));
        Files.writeString(folder.resolve("train.json"), """
                [{"db_id": "shop", "query": "SELECT count(*) FROM Customers", "question": "有多少顾客？",
                  "question_toks": ["有", "多", "少", "顾", "客", "？"]}]
                """);

        SpiderSource source = SpiderSource.chinese(folder, "", false);
        Splits<Example> splits = source.prepare();

        assertThat(source.name()).isEqualTo("cspider");
        assertThat(splits.train()).extracting(Example::question).containsExactly("有多少顾客？");
        assertThat(splits.train().get(0).schema()).isInstanceOf(Schema.class);
        assertThat(splits.counts()).extracting(RowCount::file).containsExactly("train.json", "dev.json");
    }

    @Test
    void aMissingDownloadSaysWhereToGetIt() {
        Path nowhere = outer.resolve("nowhere");
        assertThatThrownBy(() -> new SpiderSource(nowhere, "get spider_data.zip from yale", false).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("get spider_data.zip from yale");
    }

    @Test
    void aDanglingForeignKeyIsNamedOrLeftOut() throws IOException {
        Path tables = folder.resolve("tables.json");
        Files.writeString(tables, Files.readString(tables).replace("[[4, 1]]", "[[4, 1], [4, 99], [-3, 1]]"));

        assertThatThrownBy(() -> new SpiderSource(folder).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("foreign key [4,99] of shop names no column");

        Splits<Example> splits = new SpiderSource(folder, "", true).prepare();
        assertThat(((Schema) splits.train().get(0).schema()).foreignKeys()).hasSize(1);
        assertThat(splits.notes())
                .anyMatch(
                        note -> note.contains("2 broken entries are left out") && note.contains("foreign key [4,99]"));
    }

    @Test
    void aBrokenRowIsLeftOutWithoutMovingTheIdsOfTheOthers() throws IOException {
        Files.writeString(folder.resolve("train_spider.json"), """
                [{"question": " ", "query": "SELECT 1", "db_id": "shop"},
                 {"question": "How many?", "query": "SELECT count(*) FROM Customers", "db_id": "shop"},
                 {"question": "Unknown?", "query": "SELECT 1", "db_id": "moon"}]
                """);

        Splits<Example> splits = new SpiderSource(folder, "", true).prepare();

        assertThat(splits.train()).extracting(Example::id).containsExactly("train-1", "others-0");
        assertThat(splits.counts().get(0))
                .isEqualTo(new RowCount(
                        "train_spider.json", 3, 1, Map.of("broken", 1, "of a database that tables.json lacks", 1)));
    }

    @Test
    void aDatabaseThatIsDescribedTwiceIsNamed() throws IOException {
        Path tables = folder.resolve("tables.json");
        String text = Files.readString(tables).strip();
        Files.writeString(tables, text.replace("\"zoo\"", "\"shop\""));

        assertThatThrownBy(() -> new SpiderSource(folder).prepare())
                .hasMessageContaining("database shop is described twice");
    }

    @Test
    void tenThousandColumnsAndHostileNamesAreRead() throws IOException {
        StringBuilder names = new StringBuilder("[[-1, \"*\"]");
        StringBuilder types = new StringBuilder("[\"text\"");
        for (int i = 0; i < 10_000; i++) {
            names.append(", [0, \"select \\\"").append(i).append("\\\"; --\"]");
            types.append(", \"text\"");
        }
        Files.writeString(
                folder.resolve("tables.json"),
                "[{\"db_id\": \"shop\", \"table_names_original\": [\"order by\"], \"column_names_original\": " + names
                        + "], \"column_types\": " + types + "], \"primary_keys\": [], \"foreign_keys\": []}]");

        Schema schema =
                (Schema) new SpiderSource(folder).prepare().train().get(0).schema();

        assertThat(schema.tables().get(0).columns()).hasSize(10_000);
        assertThat(List.of(schema.tables().get(0).columns().get(9_999).name())).containsExactly("select \"9999\"; --");
    }
}
