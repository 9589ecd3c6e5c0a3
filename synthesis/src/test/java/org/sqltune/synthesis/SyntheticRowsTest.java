package org.sqltune.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.data.source.OwnFilesSource;

class SyntheticRowsTest {
    private static final List<SyntheticPair> PAIRS = List.of(
            new SyntheticPair(
                    "How many \"orders\"?",
                    "SELECT COUNT(*) FROM orders",
                    QueryCategory.AGGREGATION,
                    "aggregation.count",
                    "orders"),
            new SyntheticPair(
                    "Name the café.",
                    "SELECT name FROM cafes WHERE city = 'Orléans'",
                    QueryCategory.FILTER,
                    "filter.equals",
                    "cafes"));

    @TempDir
    private Path folder;

    @Test
    void aRowSaysWhatWasAskedAndHowItWasMade() throws IOException {
        Path file = folder.resolve("pairs.jsonl");
        SyntheticRows.write(file, "shop", "TABLE: orders ( id (integer) )", PAIRS);

        assertThat(Files.readString(file)).isEqualTo("""
                {"id":"shop-0","db_id":"shop","question":"How many \\"orders\\"?","schema":"TABLE: orders ( id (integer) )",\
                "sql":"SELECT COUNT(*) FROM orders","category":"aggregation","hardness":"easy","template":"aggregation.count"}
                {"id":"shop-1","db_id":"shop","question":"Name the café.","schema":"TABLE: orders ( id (integer) )",\
                "sql":"SELECT name FROM cafes WHERE city = 'Orléans'","category":"filter","hardness":"easy","template":"filter.equals"}
                """);
    }

    @Test
    void theRowsCanBeTrainedOn() {
        Path file = folder.resolve("pairs.jsonl");
        SyntheticRows.write(file, "shop", "schema", PAIRS);

        List<Example> read = OwnFilesSource.read(file);

        assertThat(read)
                .extracting(Example::sql)
                .isEqualTo(PAIRS.stream().map(SyntheticPair::sql).toList());
        assertThat(read)
                .extracting(Example::question)
                .isEqualTo(PAIRS.stream().map(SyntheticPair::question).toList());
        assertThat(read).extracting(Example::id).containsExactly("shop-0", "shop-1");
    }

    @Test
    void anEmptyListIsAnEmptyFile() throws IOException {
        Path file = folder.resolve("none.jsonl");
        SyntheticRows.write(file, "shop", "schema", List.of());

        assertThat(Files.readString(file)).isEmpty();
    }

    @Test
    void aFolderInItsPlaceIsNamed() throws IOException {
        Path file = Files.createDirectories(folder.resolve("taken").resolve("inside"))
                .getParent();

        assertThatThrownBy(() -> SyntheticRows.write(file, "shop", "schema", PAIRS))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("taken");
    }
}
