package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.audit.PairFile;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.source.ExampleRows;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.synthesis.augmentation.Augmenter;
import org.sqltune.synthesis.augmentation.Augmenter.Augmentation;
import org.sqltune.workflow.IgnoredKeys;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.RunDataReader;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Derives new training pairs from existing ones: other values, other words, reordered schemas. */
public final class AugmentRows {
    private final RunDataReader reader;

    /** @param workspace reads the data of configurations */
    public AugmentRows(Workspace workspace) {
        reader = workspace.data();
    }

    /**
     * An augmentation request.
     *
     * @param config the configuration with data and schema format
     * @param input rows to augment; null for the training part of the configuration's data
     * @param databases a folder of {@code DB_ID/DB_ID.sqlite} for running new queries; null for the data set's own,
     *     or for none if {@code input} is given
     * @param ways the augmentations, each applied once to every row
     * @param withOriginals whether the output includes the original rows
     * @param seed the random seed
     * @param output the JSONL file
     */
    public record Request(
            RunConfig config,
            @Nullable Path input,
            @Nullable Path databases,
            Set<Augmentation> ways,
            boolean withOriginals,
            long seed,
            Path output) {
        /** The default seed. */
        public static final long DEFAULT_SEED = 1;

        public Request {
            ways = Set.copyOf(ways);
        }

        /** Returns a request for all augmentations of the configuration's training part. */
        public static Request of(RunConfig config, Path output) {
            return new Request(config, null, null, EnumSet.allOf(Augmentation.class), false, DEFAULT_SEED, output);
        }
    }

    /**
     * The result of an augmentation.
     *
     * @param originals number of original rows
     * @param made number of new rows by augmentation
     * @param file the output file
     */
    public record Result(int originals, Map<Augmentation, Integer> made, Path file) {
        public Result {
            made = Map.copyOf(made);
        }

        /** How many pairs there were, and how many each augmentation made. */
        public Summary summary() {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("to begin with", String.valueOf(originals)));
            for (Augmentation way : Augmentation.values()) {
                rows.add(List.of("made by " + way.label(), String.valueOf(made.getOrDefault(way, 0))));
            }
            return new Summary(List.of(new ReportTable(List.of("Pairs", "Number"), rows)), List.of());
        }
    }

    /**
     * Augments the rows.
     *
     * @param listener notified when the rows are read, derived and written
     * @throws ConfigException if a file or folder doesn't exist, or the data isn't questions; then nothing was
     *     written
     * @throws org.sqltune.core.SqlTuneException if rows can't be read or written
     */
    public Result run(Request request, TaskListener listener) {
        new NamedPaths()
                .file("--input", request.input())
                .folder("--databases", request.databases())
                .check();
        IgnoredKeys.tellOfData(request.config(), request.input());
        return FolderLock.whileWriting(request.output(), "--output", () -> augment(request, listener));
    }

    private Result augment(Request request, TaskListener listener) {
        ProgressListener progress = listener.began("Augmenting");
        RunConfig config = request.config();
        DatabaseFolder folder = databases(request);
        List<Example> examples = request.input() == null
                ? Inputs.questions(reader, config, "augment").train()
                : PairFile.read(request.input());
        progress.advanced(1, 3, "rows read");
        Map<Augmentation, List<Example>> made =
                new Augmenter(request.ways(), folder, QueryLimits.DEFAULTS, request.seed()).augment(examples);
        progress.advanced(2, 3, "rows made");
        List<Example> all = new ArrayList<>(request.withOriginals() ? examples : List.of());
        Map<Augmentation, Integer> counts = new EnumMap<>(Augmentation.class);
        for (Augmentation way : Augmentation.values()) {
            List<Example> ofWay = made.getOrDefault(way, List.of());
            all.addAll(ofWay);
            counts.put(way, ofWay.size());
        }
        SchemaSerializer schemas = new SchemaSerializer(config.data());
        ExampleRows.write(request.output(), all, schemas::serialize);
        progress.advanced(3, 3, "rows written");
        return new Result(examples.size(), counts, request.output());
    }

    private @Nullable DatabaseFolder databases(Request request) {
        if (request.databases() != null) {
            return new DatabaseFolder(request.databases());
        }
        return request.input() == null ? reader.databases(request.config().data()) : null;
    }
}
