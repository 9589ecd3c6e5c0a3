package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.data.PreparedFiles.Written;
import org.sqltune.data.split.PartSizes;
import org.sqltune.workflow.TaskListener;

class SplitRowsTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path rows;

    @BeforeEach
    void makeRows() {
        fixture = new DataFixture(folder);
        rows = fixture.file(
                "rows.jsonl",
                IntStream.range(0, 40)
                        .mapToObj(i -> "{\"id\": %d, \"db_id\": \"db%d\", \"sql\": \"%s\"}%n"
                                .formatted(i, i % 8, i % 4 == 0 ? "SELECT name FROM animals" : nested()))
                        .collect(Collectors.joining()));
    }

    /** Its hardness is another than that of a plain SELECT. */
    private static String nested() {
        return "SELECT name FROM animals WHERE legs > (SELECT avg(legs) FROM animals) GROUP BY name ORDER BY count(*)";
    }

    @Test
    void everyRowGoesIntoExactlyOnePart() throws IOException {
        SplitRows.Result result = new SplitRows()
                .run(
                        new SplitRows.Request(
                                rows,
                                folder.resolve("parts"),
                                SplitRows.Request.DEFAULT_SIZES,
                                SplitRows.Request.DEFAULT_NAMES,
                                null,
                                null,
                                42),
                        fixture);

        assertThat(result.parts())
                .containsExactly(
                        new Written(folder.resolve("parts/train.jsonl"), 32),
                        new Written(folder.resolve("parts/validation.jsonl"), 4),
                        new Written(folder.resolve("parts/test.jsonl"), 4));
        List<String> all = new ArrayList<>();
        for (Written part : result.parts()) {
            all.addAll(Files.readAllLines(part.file()));
        }
        assertThat(all).doesNotHaveDuplicates().hasSize(40);
        assertThat(fixture.progress).containsExactly("1/3", "2/3", "3/3");
    }

    @Test
    void groupsStayTogether() throws IOException {
        SplitRows.Result result = split(List.of("0.5", "0.5"), null, "db_id");

        Set<String> first = databases(result.parts().get(0).file());
        Set<String> second = databases(result.parts().get(1).file());
        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
    }

    @Test
    void hardnessIsComputedWhereRowsHaveOnlyTheirSql() throws IOException {
        SplitRows.Result result = split(List.of("20", "20"), "hardness", null);

        for (Written part : result.parts()) {
            long easy = Files.readAllLines(part.file()).stream()
                    .filter(line -> line.contains("\"SELECT name FROM animals\""))
                    .count();
            assertThat(easy).as(part.file().toString()).isEqualTo(5);
        }
    }

    @Test
    void aFieldThatNoRowHasIsNamedWithTheNearest() {
        assertThatThrownBy(() -> split(List.of("0.5", "0.5"), null, "dbid"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"dbid\"")
                .hasMessageContaining("[id, db_id, sql]")
                .hasMessageContaining("did you mean db_id?");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsNamedWithTheNearest() {
        SplitRows.Request request = SplitRows.Request.of(folder.resolve("rosw.jsonl"));
        assertThatThrownBy(() -> new SplitRows().run(request, TaskListener.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean " + rows);
    }

    @Test
    void namesAndWaysThatContradictEachOtherAreRefused() {
        PartSizes halves = PartSizes.of(List.of("0.5", "0.5"));
        assertThatThrownBy(() -> new SplitRows.Request(rows, folder, halves, List.of("a"), null, null, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("2 different names");
        assertThatThrownBy(() -> new SplitRows.Request(rows, folder, halves, List.of("a", "a"), null, null, 1))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new SplitRows.Request(rows, folder, halves, List.of("a", "b"), "x", "y", 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("stratify by x and group by y");
    }

    @Test
    void moreRowsThanThereAreCannotBeAskedFor() {
        assertThatThrownBy(() -> split(List.of("40", "20"), null, null))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("40 rows, but the parts need 60");
    }

    private SplitRows.Result split(List<String> sizes, String stratifyBy, String groupBy) {
        return new SplitRows()
                .run(
                        new SplitRows.Request(
                                rows,
                                folder.resolve("out"),
                                PartSizes.of(sizes),
                                List.of("a", "b"),
                                stratifyBy,
                                groupBy,
                                1),
                        TaskListener.NONE);
    }

    private static Set<String> databases(Path file) throws IOException {
        Set<String> databases = new HashSet<>();
        Files.readAllLines(file).forEach(line -> databases.add(line.replaceAll(".*\"db_id\":\"(\\w+)\".*", "$1")));
        return databases;
    }
}
