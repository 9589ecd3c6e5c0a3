package org.sqltune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.split.PartSizes;
import org.sqltune.data.split.PartsSplit;
import org.sqltune.evaluation.QueryCategorizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sqltune data split}: a file of rows into parts. */
@Command(
        name = "split",
        description =
                "Divides a JSONL or JSON file of rows into parts: at random, with equal mixtures, or by database.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune data split --input rows.jsonl --sizes 0.8,0.1,0.1 --output-dir parts",
            "  sqltune data split --input rows.jsonl --sizes 5000,500 --names train,validation --stratify-by hardness",
            "  sqltune data split --input rows.jsonl --group-by db_id"
        })
final class DataSplitCommand implements Runnable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Console console;

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "JSONL, or one JSON array of rows.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path input;

    @Option(
            names = "--sizes",
            paramLabel = "SIZE",
            split = ",",
            description = "Shares of all rows, or numbers of rows, one a part (default: 0.8,0.1,0.1).")
    private List<String> sizes = List.of("0.8", "0.1", "0.1");

    @Option(
            names = "--names",
            paramLabel = "NAME",
            split = ",",
            description = "The parts' files, without .jsonl (default: train,validation,test).")
    private List<String> names = List.of("train", "validation", "test");

    @Option(
            names = "--stratify-by",
            paramLabel = "FIELD",
            description = "Give each part the same mixture of this field; of hardness and category also where rows have"
                    + " only their SQL.")
    private @Nullable String stratifyBy;

    @Option(
            names = "--group-by",
            paramLabel = "FIELD",
            description = "Keep rows with the same value of this field in one part: db_id to split by database.")
    private @Nullable String groupBy;

    @Option(names = "--seed", paramLabel = "N", description = "Decides what goes where (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where the files go (default: ${DEFAULT-VALUE}).",
            defaultValue = "data/split")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path outputDir;

    DataSplitCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        PartSizes partSizes = PartSizes.of(sizes);
        if (names.size() < sizes.size() || new HashSet<>(names).size() < names.size()) {
            throw new SqlTuneException("--names " + String.join(",", names) + " must be " + sizes.size()
                    + " different names, as many as --sizes has");
        }
        if (stratifyBy != null && groupBy != null) {
            throw new SqlTuneException("--stratify-by and --group-by contradict each other: leave one out");
        }
        List<JsonNode> rows = new ArrayList<>();
        JsonRows.forEach(input, row -> rows.add(row.object()));
        List<List<JsonNode>> parts = parts(rows, new PartsSplit(partSizes, seed));
        for (int i = 0; i < parts.size(); i++) {
            Path file = outputDir.resolve(names.get(i) + ".jsonl");
            write(file, parts.get(i));
            console.out().println(file + ": " + parts.get(i).size() + " rows");
        }
    }

    private List<List<JsonNode>> parts(List<JsonNode> rows, PartsSplit split) {
        if (groupBy != null) {
            return split.grouped(rows, field(groupBy, rows));
        }
        return stratifyBy == null ? split.random(rows) : split.stratified(rows, field(stratifyBy, rows));
    }

    private Function<JsonNode, String> field(String name, List<JsonNode> rows) {
        Set<String> values = new HashSet<>();
        rows.forEach(row -> values.add(row.path(name).asText("")));
        if (!values.equals(Set.of(""))) {
            return row -> row.path(name).asText("");
        }
        return switch (name) {
            case "hardness" -> row -> QueryHardness.of(sql(row)).label();
            case "category" ->
                row -> QueryCategorizer.categorize(sql(row)).name().toLowerCase(Locale.ROOT);
            default ->
                throw new SqlTuneException("No row of " + input + " has \"" + name + "\"; the first has "
                        + rows.get(0).properties().stream().map(e -> e.getKey()).toList());
        };
    }

    /** Spider calls it query, and has a parsed query at "sql". */
    private static String sql(JsonNode row) {
        return row.path("sql").isTextual()
                ? row.path("sql").asText()
                : row.path("query").asText("");
    }

    private static void write(Path file, List<JsonNode> rows) {
        AtomicFiles.write(file, out -> {
            OutputStream buffered = new BufferedOutputStream(out);
            for (JsonNode row : rows) {
                buffered.write(MAPPER.writeValueAsBytes(row));
                buffered.write('\n');
            }
            buffered.flush();
        });
    }
}
