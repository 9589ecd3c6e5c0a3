package org.sqltune.evaluation.spider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.evaluation.spider.SpiderEvaluator.SpiderPair;

class SpiderFilesTest {
    @TempDir
    private Path folder;

    @Test
    void goldIsReadFromJsonAndFromLines() throws IOException {
        Path predictions = write("pred.sql", "SELECT 1\tshop\n\nSELECT 2\n");
        Path json = write(
                "dev.json",
                "[{\"query\": \"SELECT 3\", \"db_id\": \"a\"}, {\"query\": \"SELECT 4\", \"db_id\": \"b\"}]");
        Path lines = write("gold.sql", "SELECT 3\ta\nSELECT 4\tb\n");
        assertThat(SpiderFiles.pairs(predictions, json))
                .containsExactly(
                        new SpiderPair(0, "a", "SELECT 3", "SELECT 1"), new SpiderPair(1, "b", "SELECT 4", "SELECT 2"))
                .isEqualTo(SpiderFiles.pairs(predictions, lines));
    }

    @Test
    void anEmptyLineIsAnEmptyPredictionWhereOneIsMissing() throws IOException {
        Path gold = write("gold.sql", "SELECT 3\ta\nSELECT 4\tb\n");
        assertThat(SpiderFiles.pairs(write("pred.sql", "\nSELECT 2\n"), gold))
                .extracting(SpiderPair::prediction)
                .containsExactly("", "SELECT 2");
    }

    @Test
    void emptyLinesAtTheEndAreNoPredictionsWhateverEndsALine() throws IOException {
        Path gold = write("gold.sql", "SELECT 3\ta\r\nSELECT 4\tb\r\n\r\n");
        assertThat(SpiderFiles.pairs(write("pred.sql", "\r\nSELECT 2\r\n\r\n \r\n"), gold))
                .containsExactly(
                        new SpiderPair(0, "a", "SELECT 3", ""), new SpiderPair(1, "b", "SELECT 4", "SELECT 2"));
    }

    @Test
    void filesOfDifferentLengthAndGoldWithoutDatabaseAreNamed() throws IOException {
        Path gold = write("gold.sql", "SELECT 3\ta\nSELECT 4\tb\n");
        Path predictions = write("pred.sql", "SELECT 1\n");
        assertThatThrownBy(() -> SpiderFiles.pairs(predictions, gold))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("1 predictions for 2 gold queries");
        Path bare = write("bare.sql", "SELECT 3\n");
        assertThatThrownBy(() -> SpiderFiles.pairs(predictions, bare))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("line 1");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
