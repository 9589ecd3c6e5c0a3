package org.sqltune.data.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.prompt.SampleValues;

class ValueSamplerTest {
    @TempDir
    private Path folder;

    @Test
    void theMostFrequentComeFirstAndOfEquallyFrequentOnesTheFirst() {
        assertThat(samples(2, "rare", "often", "last", "often")).containsExactly("often", "rare");
    }

    @Test
    void whatSaysLittleForItsRoomIsLeftOut() {
        assertThat(samples(9, null, " ", new byte[] {1}, "x".repeat(61), "x".repeat(60), 7, " as it is"))
                .containsExactly("x".repeat(60), "7", " as it is");
    }

    @Test
    void samplesThatAreThereStay() {
        Column known = new Column("c", "text", false).withSamples(List.of("known"));
        assertThat(sampled(known, 2, "read")).containsExactly("known");
    }

    @Test
    void aWideTableIsReadInParts() {
        List<Column> columns = IntStream.range(0, 1_201)
                .mapToObj(i -> new Column("c" + i, "text", false))
                .toList();
        List<Integer> widths = new ArrayList<>();
        new ValueSampler<RuntimeException>(
                        (query, row) -> {
                            int width = query.split(",", -1).length;
                            widths.add(width);
                            row.accept(Collections.nCopies(width, "v"));
                            return true;
                        },
                        1)
                .fill(new Schema("d", List.of(new Table("wide", columns)), List.of()));
        assertThat(widths).containsExactly(500, 500, 201);
    }

    @Test
    void theSameValuesComeOfADataSetsDatabaseAndOfOnesOwn() throws Exception {
        Path file = Files.createDirectory(folder.resolve("zoo")).resolve("zoo.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE animal (name TEXT, weight REAL)");
            statement.execute("INSERT INTO animal VALUES ('Ada', 2.5), ('Rex', 1), (' Rex', NULL), ('Rex', 2.5), ('"
                    + "long ".repeat(13) + "', 3)");
        }
        Schema own = new DatabaseIntrospection(2).read(file.toString());
        Example example = new Example("e", "zoo", "?", new DatabaseIntrospection(0).read(file.toString()), "SELECT 1");

        Example ofDataSet = new SampleValues(2)
                .in(List.of(example), new DatabaseFolder(folder))
                .get(0);

        assertThat(ofDataSet.schema()).isEqualTo(own);
        assertThat(own.tables().get(0).columns())
                .extracting(Column::samples)
                .containsExactly(List.of("Rex", "Ada"), List.of("2.5", "1.0"));
    }

    @Test
    void aValueBeyondTheLimitsCostsItsOwnColumnAlone() throws Exception {
        Path file = folder.resolve("big.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE picture (name TEXT, bytes BLOB)");
            statement.execute("INSERT INTO picture VALUES ('sunset', zeroblob(3000000))");
        }
        assertThat(new DatabaseIntrospection(1)
                        .read(file.toString())
                        .tables()
                        .get(0)
                        .columns())
                .extracting(Column::samples)
                .containsExactly(List.of("sunset"), List.of());
    }

    private static List<String> samples(int count, @Nullable Object... values) {
        return sampled(new Column("c", "text", false), count, values);
    }

    private static List<String> sampled(Column column, int count, @Nullable Object... values) {
        Schema schema = new Schema("d", List.of(new Table("t", List.of(column))), List.of());
        return new ValueSampler<RuntimeException>(
                        (query, row) -> {
                            Arrays.asList(values).forEach(value -> row.accept(Collections.singletonList(value)));
                            return true;
                        },
                        count)
                .fill(schema)
                .tables()
                .get(0)
                .columns()
                .get(0)
                .samples();
    }
}
