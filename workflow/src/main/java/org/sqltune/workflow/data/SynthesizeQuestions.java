package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.data.audit.PairFile;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.synthesis.HardnessMix;
import org.sqltune.synthesis.Synthesizer;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.SyntheticRows;
import org.sqltune.synthesis.template.Templates;
import org.sqltune.workflow.Databases;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.NamedDatabase.Kind;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Synthesises questions with SQL for any database, and runs every query on it. */
public final class SynthesizeQuestions {
    private final Databases databases;

    /** @param workspace resolves database names */
    public SynthesizeQuestions(Workspace workspace) {
        databases = workspace.databases();
    }

    /**
     * A synthesis request.
     *
     * @param database an SQLite file or the name of a demo database
     * @param output the JSONL output file
     * @param count the requested number of pairs; the result is smaller if the database allows no more
     * @param mix the shares by hardness; null to balance query categories, whatever their hardness
     * @param schemaFormat the schema format of the rows
     * @param exclude a file of questions to exclude, such as test questions; null for none
     * @param seed the random seed; equal requests give equal files
     */
    public record Request(
            String database,
            Path output,
            int count,
            @Nullable HardnessMix mix,
            SchemaFormat schemaFormat,
            @Nullable Path exclude,
            long seed) {
        /** The default number of pairs. */
        public static final int DEFAULT_COUNT = 1000;

        /** The default schema format. */
        public static final SchemaFormat DEFAULT_SCHEMA_FORMAT = SchemaFormat.TABLE;

        /** The default seed. */
        public static final long DEFAULT_SEED = 1;

        /** @throws ConfigException if {@code count} is below 1 */
        public Request {
            if (count < 1) {
                throw new ConfigException("count", List.of(count + " pairs can't be made: ask for 1 or more"));
            }
        }

        /** Returns a request with default settings. */
        public static Request of(String database, Path output) {
            return new Request(database, output, DEFAULT_COUNT, null, DEFAULT_SCHEMA_FORMAT, null, DEFAULT_SEED);
        }
    }

    /**
     * The result of a synthesis.
     *
     * @param file the file of rows
     * @param database the SQLite file, as a value of {@code data.database}
     * @param pairs number of rows
     * @param executing number of rows whose query runs like an answer
     * @param templates number of templates with at least one pair
     * @param allTemplates number of all templates
     * @param byHardness number of pairs by hardness
     * @param byCategory number of pairs by query category
     */
    public record Result(
            Path file,
            Path database,
            int pairs,
            int executing,
            int templates,
            int allTemplates,
            Map<String, Long> byHardness,
            Map<String, Long> byCategory) {
        public Result {
            byHardness = Map.copyOf(byHardness);
            byCategory = Map.copyOf(byCategory);
        }

        /**
         * Returns the figures as a table.
         *
         * @param wanted the number of pairs that was requested
         */
        public ReportTable table(int wanted) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("pairs, of " + wanted + " wanted", String.valueOf(pairs)));
            rows.add(List.of("whose query runs", String.valueOf(executing)));
            rows.add(List.of("templates", templates + " of " + allTemplates));
            addShares(byHardness, rows);
            addShares(byCategory, rows);
            return new ReportTable(List.of("Synthesised", "Number"), rows);
        }

        /** The largest first. */
        private void addShares(Map<String, Long> counts, List<List<String>> rows) {
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .forEach(kind -> rows.add(List.of(
                            "  " + kind.getKey(),
                            String.format(
                                    Locale.ROOT, "%d (%.1f %%)", kind.getValue(), 100.0 * kind.getValue() / pairs))));
        }

        /** Returns a command that trains on the rows and executes their queries. */
        public String next() {
            return "Train on them: sqltune train data.train_file=" + file + " data.validation_split=0.05 data.database="
                    + database;
        }
    }

    /**
     * Synthesises pairs and writes them.
     *
     * @param listener notified when the pairs are made, when their queries have run, and when the file is written
     * @throws ConfigException if the database or the questions file doesn't exist, or the database isn't an SQLite
     *     file; then nothing was written
     * @throws SqlTuneException if the database can't be read or has no rows, or the file can't be written
     */
    public Result run(Request request, TaskListener listener) {
        new NamedPaths().file("--exclude", request.exclude()).check();
        Path file = sqliteFile(request.database());
        return FolderLock.whileWriting(request.output(), "--output", () -> run(request, file, listener));
    }

    private static Result run(Request request, Path file, TaskListener listener) {
        ProgressListener progress = listener.began("Synthesising");
        Set<String> excluded = excluded(request.exclude());
        try (SynthesisDatabase database = SynthesisDatabase.sqlite(file)) {
            return made(request, file, database, excluded, progress);
        }
    }

    private static Result made(
            Request request, Path file, SynthesisDatabase database, Set<String> excluded, ProgressListener progress) {
        Schema schema = database.schema();
        List<SyntheticPair> pairs = synthesize(request, database, excluded);
        if (pairs.isEmpty()) {
            throw new SqlTuneException("Nothing to ask of " + file + ": its tables have no rows");
        }
        progress.advanced(1, 3, "pairs made");
        int executing = executing(pairs, database);
        progress.advanced(2, 3, "queries run");
        String text = new SchemaSerializer(request.schemaFormat()).serialize(schema);
        SyntheticRows.write(request.output(), schema.databaseId(), text, pairs);
        progress.advanced(3, 3, "rows written");
        return new Result(
                request.output(),
                file,
                pairs.size(),
                executing,
                counts(pairs, SyntheticPair::templateId).size(),
                Templates.withSets().size(),
                counts(pairs, pair -> QueryHardness.of(pair.sql()).label()),
                counts(pairs, pair -> pair.category().name().toLowerCase(Locale.ROOT)));
    }

    private Path sqliteFile(String name) {
        NamedDatabase database = databases.named("--db", name);
        if (database.kind() != Kind.FILE) {
            throw new ConfigException(
                    "--db", List.of(database + " is no SQLite file: questions are made for one SQLite file"));
        }
        return Path.of(database.location());
    }

    private static Set<String> excluded(@Nullable Path file) {
        Set<String> questions = new HashSet<>();
        if (file != null) {
            PairFile.read(file).forEach(row -> questions.add(QuestionText.normalised(row.question())));
        }
        return questions;
    }

    private static List<SyntheticPair> synthesize(Request request, SynthesisDatabase database, Set<String> excluded) {
        Synthesizer synthesizer = new Synthesizer(
                request.seed(),
                question -> !excluded.contains(QuestionText.normalised(question)),
                Templates.withSets(),
                request.mix());
        return synthesizer.synthesize(database.profile(), database.runner(), request.count());
    }

    /** Runs every written query like an answer and counts those that succeed. */
    private static int executing(List<SyntheticPair> pairs, SynthesisDatabase database) {
        SqlExecutor executor = database.queries();
        int executing = 0;
        for (SyntheticPair pair : pairs) {
            try {
                executor.execute(pair.sql());
                executing++;
            } catch (SqlExecutionException failing) {
                // Failures aren't counted.
            }
        }
        return executing;
    }

    private static Map<String, Long> counts(List<SyntheticPair> pairs, Function<SyntheticPair, String> kind) {
        return pairs.stream().collect(Collectors.groupingBy(kind, TreeMap::new, Collectors.counting()));
    }
}
