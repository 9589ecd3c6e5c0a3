package org.sqltune.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.split.Splits;

class GretelSourceTest {
    private static final String ROW = """
            {"id": 5097, "domain": "forestry", "sql_complexity": "single join", "sql_prompt": "How much timber?",\
             "sql_context": "CREATE TABLE timber (volume INT);", "sql": "SELECT SUM(volume) FROM timber;",\
             "sql_explanation": "Sums the volume."}""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"%s\n", "[%s]", "  [\n%s\n]\n", "\uFEFF%s", "\uFEFF[%s]"})
    void aRowBecomesAnExampleFromJsonLinesAndFromJson(String form) throws Exception {
        Path file = Files.writeString(folder.resolve("gretel.json"), form.formatted(ROW));

        Splits<Example> splits = new GretelSource(file).prepare();

        assertThat(splits.train())
                .containsExactly(new Example(
                        "5097",
                        "",
                        "How much timber?",
                        new VerbatimSchema("CREATE TABLE timber (volume INT);"),
                        "SELECT SUM(volume) FROM timber",
                        null,
                        "Sums the volume.",
                        new QuestionContext("forestry", "single join")));
        assertThat(splits.notes()).isEmpty();
    }

    @Test
    void aFoldersTrainAndTestFilesAreFound() throws Exception {
        Files.writeString(folder.resolve("synthetic_text_to_sql_train.jsonl"), ROW);
        Files.writeString(folder.resolve("synthetic_text_to_sql_test.jsonl"), ROW + "\n" + ROW.replace("5097", "5098"));

        Splits<Example> splits = new GretelSource(folder).prepare();

        assertThat(splits.train()).hasSize(1);
        assertThat(splits.test()).hasSize(2);
    }

    @Test
    void severalStatementsAreLeftOutAndChangesAreKeptBothCounted() throws Exception {
        String sum = "SELECT SUM(volume) FROM timber";
        Path file = Files.writeString(
                folder.resolve("train.jsonl"),
                String.join(
                        "\n",
                        ROW,
                        ROW.replace("5097", "5098").replace(sum, "DELETE FROM timber; SELECT 1"),
                        ROW.replace("5097", "5099").replace(sum, "DELETE FROM timber")));

        Splits<Example> splits = new GretelSource(file).prepare();

        assertThat(splits.train())
                .extracting(Example::sql)
                .containsExactly("SELECT SUM(volume) FROM timber", "DELETE FROM timber");
        assertThat(splits.notes())
                .containsExactly(
                        "train.jsonl: 1 row whose SQL isn't one plain statement is left out.",
                        "1 rows change data or tables; they can be trained on but not executed.");
    }

    @Test
    void aFolderWithoutATrainFileIsNamed() {
        assertThatThrownBy(() -> new GretelSource(folder).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("No train file in " + folder);
    }
}
