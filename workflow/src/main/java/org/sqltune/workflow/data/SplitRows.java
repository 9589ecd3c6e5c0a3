package org.sqltune.workflow.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.facts.QueryFacts;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.core.text.NearestNames;
import org.sqltune.data.PreparedFiles.Written;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.split.PartSizes;
import org.sqltune.data.split.PartsSplit;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.TaskListener;

/** Splits a file of rows into parts: at random, stratified, or by group. */
public final class SplitRows {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * A split request.
     *
     * @param input a JSONL file, or a JSON array of rows
     * @param outputDir the output folder
     * @param sizes the parts' sizes: shares of all rows, or numbers of rows
     * @param names the parts' file names without {@code .jsonl}; at least as many as sizes
     * @param stratifyBy field to stratify by; {@code hardness} and {@code category} are computed from the SQL if rows
     *     lack them; null for none
     * @param groupBy field whose equal values stay in one part, such as {@code db_id}; null for none
     * @param seed the random seed
     */
    public record Request(
            Path input,
            Path outputDir,
            PartSizes sizes,
            List<String> names,
            @Nullable String stratifyBy,
            @Nullable String groupBy,
            long seed) {
        /** The default output folder. */
        public static final Path DEFAULT_OUTPUT_DIR = Path.of("data", "split");

        /** The default sizes: 80 %, 10 %, 10 %. */
        public static final PartSizes DEFAULT_SIZES = PartSizes.of(List.of("0.8", "0.1", "0.1"));

        /** The default names: training, validation, test. */
        public static final List<String> DEFAULT_NAMES = List.of("train", "validation", "test");

        /** The default seed. */
        public static final long DEFAULT_SEED = 42;

        /**
         * @throws ConfigException if names are missing or repeated, or both stratification and grouping are requested
         */
        public Request {
            names = List.copyOf(names);
            int parts = sizes.sizes().size();
            if (names.size() < parts || new HashSet<>(names).size() < names.size()) {
                throw new ConfigException(
                        "names",
                        List.of(String.join(",", names) + " must be " + parts + " different names, one for each size"));
            }
            if (stratifyBy != null && groupBy != null) {
                throw new ConfigException(
                        "split",
                        List.of("stratify by " + stratifyBy + " and group by " + groupBy
                                + " contradict each other: leave one out"));
            }
        }

        /** Returns a request for the default parts at random, in the default folder. */
        public static Request of(Path input) {
            return new Request(input, DEFAULT_OUTPUT_DIR, DEFAULT_SIZES, DEFAULT_NAMES, null, null, DEFAULT_SEED);
        }
    }

    /**
     * The written parts.
     *
     * @param parts the parts in the order of {@link Request#sizes}
     */
    public record Result(List<Written> parts) {
        public Result {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Splits the file.
     *
     * @param listener notified after each part
     * @throws ConfigException if the file doesn't exist or no row has the field; then nothing was written
     * @throws org.sqltune.core.SqlTuneException if rows can't be read or written, or are too few for the sizes
     */
    public Result run(Request request, TaskListener listener) {
        new NamedPaths().file("--input", request.input()).check();
        return FolderLock.inside(request.outputDir(), "--output-dir").during(() -> split(request, listener));
    }

    private static Result split(Request request, TaskListener listener) {
        ProgressListener progress = listener.began("Splitting");
        List<JsonNode> rows = new ArrayList<>();
        JsonRows.forEach(request.input(), row -> rows.add(row.object()));
        List<List<JsonNode>> parts = parts(request, rows);
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Path file = request.outputDir().resolve(request.names().get(i) + ".jsonl");
            write(file, parts.get(i));
            written.add(new Written(file, parts.get(i).size()));
            progress.advanced(i + 1L, parts.size(), "");
        }
        return new Result(written);
    }

    private static List<List<JsonNode>> parts(Request request, List<JsonNode> rows) {
        PartsSplit split = new PartsSplit(request.sizes(), request.seed());
        if (request.groupBy() != null) {
            return split.grouped(rows, field(request.groupBy(), rows, request.input()));
        }
        return request.stratifyBy() == null
                ? split.random(rows)
                : split.stratified(rows, field(request.stratifyBy(), rows, request.input()));
    }

    private static Function<JsonNode, String> field(String name, List<JsonNode> rows, Path input) {
        Set<String> values = new HashSet<>();
        rows.forEach(row -> values.add(row.path(name).asText("")));
        if (!values.equals(Set.of(""))) {
            return row -> row.path(name).asText("");
        }
        return switch (name) {
            case "hardness" -> row -> QueryHardness.of(sql(row)).label();
            case "category" -> row -> QueryFacts.categoryOf(sql(row)).name().toLowerCase(Locale.ROOT);
            default -> throw unknown(name, rows.get(0), input);
        };
    }

    private static ConfigException unknown(String name, JsonNode row, Path input) {
        List<String> fields = row.properties().stream().map(Map.Entry::getKey).toList();
        return new ConfigException(
                "split",
                List.of("no row of " + input + " has \"" + name + "\"; the first has " + fields
                        + NearestNames.suggestion(name, fields)));
    }

    /** Returns a row's SQL, which Spider has at "query", since its "sql" is a parsed query. */
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
