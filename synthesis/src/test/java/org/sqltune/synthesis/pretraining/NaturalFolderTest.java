package org.sqltune.synthesis.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.synthesis.pretraining.NaturalMix.NaturalPair;

class NaturalFolderTest {
    @TempDir
    private Path folder;

    private void zip(String name, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void rowsGetTheirSchemasFromItsStatements() throws IOException {
        zip(
                "schemas.jsonl.gz",
                "{\"id\": \"pets\", \"schema\": \"CREATE TABLE dog (id INTEGER PRIMARY KEY, name TEXT);\"}\n");
        zip(
                "vets.jsonl.gz",
                "{\"question\": \"All dogs?\", \"sql\": \"SELECT name FROM dog\", \"schema\": \"pets\", \"evidence\": \"hint\"}\n");

        List<NaturalPair> pairs = NaturalFolder.read(folder);

        assertThat(pairs).singleElement().satisfies(pair -> {
            assertThat(pair.source()).isEqualTo("vets");
            assertThat(pair.example().question()).isEqualTo("All dogs?");
            assertThat(pair.example().context().evidence()).isEqualTo("hint");
            assertThat(((Schema) pair.example().schema()).tables().get(0).columns())
                    .containsExactly(new Column("id", "integer", true), new Column("name", "text", false));
        });
    }

    @Test
    void anotherFolderAMissingSchemaAndABrokenOneAreNamed() throws IOException {
        assertThatThrownBy(() -> NaturalFolder.read(folder))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("No schemas.jsonl.gz and no train_spider.json in " + folder);

        zip("schemas.jsonl.gz", "{\"id\": \"pets\", \"schema\": \"CREATE TABLE dog (\"}\n");
        zip("vets.jsonl.gz", "{\"question\": \"?\", \"sql\": \"SELECT 1\", \"schema\": \"cats\"}\n");
        assertThatThrownBy(() -> NaturalFolder.read(folder)).hasMessageContaining("schema cats");

        zip("vets.jsonl.gz", "{\"question\": \"?\", \"sql\": \"SELECT 1\", \"schema\": \"pets\"}\n");
        assertThatThrownBy(() -> NaturalFolder.read(folder)).hasMessageContaining("The schema of pets isn't SQL");
    }
}
