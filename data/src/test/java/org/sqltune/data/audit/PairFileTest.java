package org.sqltune.data.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.source.ParquetFiles;

class PairFileTest {
    @TempDir
    private Path folder;

    @Test
    void everyKindOfFileIsReadUnderTheNamesOfKnownDataSets() throws IOException {
        Path csv = write("a.csv", "text_query,sql_command\n\"How many, then?\",SELECT count(*) FROM t;\n");
        Path tsv = write("b.tsv", "utterance\tquery\nHow many?\tSELECT 1\n");
        Path lines =
                write("c.jsonl", "\uFEFF{\"sql_prompt\": \"Who?\", \"sql\": \"SELECT 2\", \"sql_context\": \"T\"}\n");
        Path parquet = ParquetFiles.gretel(folder.resolve("d.parquet"), Stream.of(ParquetFiles.row(7)));

        assertThat(PairFile.read(csv)).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo("a-0");
            assertThat(row.question()).isEqualTo("How many, then?");
            assertThat(row.sql()).isEqualTo("SELECT count(*) FROM t");
        });
        assertThat(PairFile.read(tsv)).extracting(Example::sql).containsExactly("SELECT 1");
        assertThat(PairFile.read(lines)).extracting(Example::question).containsExactly("Who?");
        assertThat(PairFile.read(parquet)).extracting(Example::id).containsExactly("d-0");
    }

    @Test
    void aParsedQueryIsNotItsTextAndTablesLieBesideIt() throws IOException {
        write("tables.json", """
                [{"db_id": "zoo", "table_names_original": ["animals"], "column_names_original": [[-1, "*"], [0, "name"]],
                  "column_types": ["text", "text"], "primary_keys": [], "foreign_keys": []}]""");
        Path dev = write("dev.json", """
                [{"db_id": "zoo", "question": "Who?", "query": "SELECT name FROM animals", "sql": {"from": 1}}]""");

        Example row = PairFile.read(dev).get(0);

        assertThat(row.sql()).isEqualTo("SELECT name FROM animals");
        assertThat(row.databaseId()).isEqualTo("zoo");
        assertThat(row.schema()).isInstanceOf(Schema.class);
    }

    @Test
    void aBrokenRowIsNamedByItsLine() throws IOException {
        Path wide = write("wide.csv", "question,sql\na,SELECT 1\nb,SELECT 1,2\n");
        Path twice = write("twice.csv", "question,question\na,b\n");
        Path none = write("none.csv", "question,answers\na,b\n");
        Path quote = write("quote.csv", "question,sql\n\"a,SELECT 1\n");

        assertThatThrownBy(() -> PairFile.read(wide))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("wide.csv line 3: 3 fields where the header has 2");
        assertThatThrownBy(() -> PairFile.read(twice)).hasMessageContaining("a name stands twice in the header");
        assertThatThrownBy(() -> PairFile.read(none)).hasMessageContaining("none.csv line 2: no SQL among");
        assertThatThrownBy(() -> PairFile.read(quote)).hasMessageContaining("check its quotes");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
