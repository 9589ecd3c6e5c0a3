package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.core.sql.worker.ForeignDatabase;
import org.sqltune.data.audit.PairFile;
import org.sqltune.data.database.DeclaredComments;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.synthesis.DraftRunner;
import org.sqltune.synthesis.HardnessMix;
import org.sqltune.synthesis.Synthesizer;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.SyntheticRows;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.DatabaseProfiler;
import org.sqltune.synthesis.template.Templates;
import org.sqltune.workflow.Databases;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.NamedDatabase.Kind;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Makes questions with SQL for a database that nobody has asked yet; every query is run on it. */
public final class SynthesizeQuestions {
    private final Databases databases;

    /** @param workspace finds databases by their names */
    public SynthesizeQuestions(Workspace workspace) {
        databases = workspace.databases();
    }

    /**
     * What to make.
     *
     * @param database an SQLite file or the name of a demo database
     * @param output the JSONL file
     * @param count pairs wanted; fewer come if the database has no more to ask
     * @param mix how many of each grade; null for as many of each kind of query, whatever their grades
     * @param schemaFormat how rows write the schema
     * @param exclude file of questions that must not be made, such as those that are scored on; null for none
     * @param seed decides everything: the same request gives the same file
     */
    public record Request(
            String database,
            Path output,
            int count,
            @Nullable HardnessMix mix,
            SchemaFormat schemaFormat,
            @Nullable Path exclude,
            long seed) {
        /** Pairs wanted unless another number is given. */
        public static final int DEFAULT_COUNT = 1000;

        /** The schema format unless another is given. */
        public static final SchemaFormat DEFAULT_SCHEMA_FORMAT = SchemaFormat.TABLE;

        /** The seed unless another is given. */
        public static final long DEFAULT_SEED = 1;

        /** @throws ConfigException if {@code count} is below 1 */
        public Request {
            if (count < 1) {
                throw new ConfigException("count", List.of(count + " pairs can't be made: ask for 1 or more"));
            }
        }

        /** Returns the default number of pairs. */
        public static Request of(String database, Path output) {
            return new Request(database, output, DEFAULT_COUNT, null, DEFAULT_SCHEMA_FORMAT, null, DEFAULT_SEED);
        }
    }

    /**
     * What was made.
     *
     * @param file the rows
     * @param database the SQLite file that was asked, as {@code data.database} takes it
     * @param pairs number of rows
     * @param executing rows whose query runs as an answer would
     * @param templates templates that have a pair
     * @param allTemplates templates there are
     * @param byHardness pairs by grade
     * @param byCategory pairs by kind of query
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

        /** Returns how to train on the rows so that their queries can be executed. */
        public String next() {
            return "Train on them: sqltune train data.train_file=" + file + " data.validation_split=0.05 data.database="
                    + database;
        }
    }

    /**
     * Makes pairs and writes them.
     *
     * @param listener told when the pairs are made, when their queries have run, and when the file is written
     * @throws ConfigException if there is no such database or file of questions, or the database is no SQLite file;
     *     nothing is written
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
        // In a process of its own: nobody has read what lies in the file.
        try (ForeignDatabase database = ForeignDatabase.of(file)) {
            return made(request, database, excluded, progress);
        }
    }

    private static Result made(
            Request request, ForeignDatabase database, Set<String> excluded, ProgressListener progress) {
        Path file = database.file();
        Schema schema = new SchemaReader().read(database);
        List<SyntheticPair> pairs = synthesize(request, schema, database, excluded);
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

    private static List<SyntheticPair> synthesize(
            Request request, Schema schema, ForeignDatabase database, Set<String> excluded) {
        Synthesizer synthesizer = new Synthesizer(
                request.seed(),
                question -> !excluded.contains(QuestionText.normalised(question)),
                Templates.withSets(),
                request.mix());
        return synthesizer.synthesize(profile(schema, database), DraftRunner.of(database), request.count());
    }

    private static DatabaseProfile profile(Schema schema, ForeignDatabase database) {
        try (Connection connection = database.structure()) {
            return DatabaseProfiler.profile(DeclaredComments.in(schema, connection), connection);
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "Can't read " + database.file() + ": " + e.getMessage() + ". Give an SQLite file", e);
        }
    }

    /** Runs every query once more, as an answer would be run: the result counts what the file says, not what was meant. */
    private static int executing(List<SyntheticPair> pairs, ForeignDatabase database) {
        SqlExecutor executor = database.queries(QueryLimits.DEFAULTS);
        int executing = 0;
        for (SyntheticPair pair : pairs) {
            try {
                executor.execute(pair.sql());
                executing++;
            } catch (SqlExecutionException failing) {
                // Counted by its absence.
            }
        }
        return executing;
    }

    private static Map<String, Long> counts(List<SyntheticPair> pairs, Function<SyntheticPair, String> kind) {
        return pairs.stream().collect(Collectors.groupingBy(kind, TreeMap::new, Collectors.counting()));
    }
}
