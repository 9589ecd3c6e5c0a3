package org.sqltune.workflow.adapt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.data.audit.Fault;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.estimate.RunEstimate;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.NamedDatabase.Kind;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.evaluate.CompareReports;
import org.sqltune.workflow.train.Estimate;
import org.sqltune.workflow.train.RunListener;
import org.sqltune.workflow.train.Train;
import org.sqltune.workflow.train.TrainRequest;
import org.sqltune.workflow.train.TrainResult;

/**
 * Tunes a model to a database: synthesises questions with SQL, holds some out by template and table, trains on the others,
 * and scores the model before and after. The user's own pairs may join in. All files are in one folder, and a second call
 * goes on with what is there.
 */
public final class Adapt {
    /** Number of pairs for a minute of training; two cores see each about four times. */
    private static final int PAIRS_A_MINUTE = 800;

    private static final int FEWEST_PAIRS = 200;
    private static final int MOST_PAIRS = 6_000;

    /** With fewer different queries to train on, there is nothing to learn. */
    private static final int LEAST_TRAINED = 40;

    /** Of all pairs, what is held out comes on top of what is trained on. */
    private static final double WITH_HELD_OUT = 1.3;

    /** A step's time is measured so often: the machine may be busy at the moment, and the shortest is nearest the truth. */
    private static final int ESTIMATES = 3;

    private static final long SEED = 1;

    private final Workspace workspace;

    /** @param workspace finds models and databases */
    public Adapt(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Like {@link #run(AdaptRequest, RunListener, StopRequest)}, without a listener and a stop request. */
    public AdaptResult run(AdaptRequest request) {
        return run(request, RunListener.NONE, new StopRequest());
    }

    /**
     * Tunes a model.
     *
     * @param listener receives the progress
     * @param stop ends training after the current step, with a checkpoint and a {@link
     *     org.sqltune.training.RunInterruptedException}
     * @throws ConfigException if a file, database or model doesn't exist, another process uses the folder, or an
     *     adaptation is resumed with another request
     * @throws SqlTuneException if the database can't be read or gives too few questions, or training fails
     */
    public AdaptResult run(AdaptRequest request, RunListener listener, StopRequest stop) {
        new NamedPaths().file("--questions", request.questions()).check();
        NamedDatabase database = workspace.databases().named("--db", request.database());
        return FolderLock.inside(request.output(), "--output").during(() -> run(request, database, listener, stop));
    }

    private AdaptResult run(AdaptRequest request, NamedDatabase database, RunListener listener, StopRequest stop) {
        AdaptFolder folder = new AdaptFolder(request.output());
        AdaptConfig configuration = new AdaptConfig(request, folder, database);
        AdaptFolder.State state = request.resume() ? folder.resumed(request) : null;
        boolean goesOn = state != null;
        if (state == null) {
            state = prepare(request, database, folder, configuration, listener);
        }
        state.notes().forEach(listener::noted);
        TrainResult trained =
                new Train(workspace).run(new TrainRequest(configuration.written(), goesOn), listener, stop);
        Map<String, Comparison> comparisons = new LinkedHashMap<>();
        compare(folder, "validation", comparisons);
        compare(folder, "test", comparisons);
        boolean stopped = trained.run().training().end() == EndReason.TIME_LIMIT;
        return new AdaptResult(
                trained.finalModel(),
                trained.page(),
                folder.config(),
                comparisons,
                state.notes(),
                stopped,
                state.example(),
                state.exampleDatabase());
    }

    private static void compare(AdaptFolder folder, String set, Map<String, Comparison> comparisons) {
        Path before = folder.evaluation(set, "before");
        Path after = folder.evaluation(set, "after");
        if (Files.isDirectory(before) && Files.isDirectory(after)) {
            comparisons.put(
                    set,
                    new CompareReports()
                            .run(new CompareReports.Request(
                                    before, after, folder.folder().resolve("comparison_" + set))));
        }
    }

    /** Makes the data and the configuration. */
    private AdaptFolder.State prepare(
            AdaptRequest request,
            NamedDatabase database,
            AdaptFolder folder,
            AdaptConfig configuration,
            RunListener listener) {
        requireModel(configuration);
        List<String> notes = new ArrayList<>();
        QueryDatabases queries = database.queries();
        int wanted = (int)
                (WITH_HELD_OUT * Math.min(MOST_PAIRS, Math.max(FEWEST_PAIRS, PAIRS_A_MINUTE * request.minutes())));
        ProgressListener making = listener.began("Synthesising questions");
        List<MadeQuestions> made =
                MadeQuestions.of(database, wanted, OwnPairs.questions(request.questions()), SEED, making, notes);
        OwnPairs own = own(request, made, queries, listener, notes);
        AdaptData split = AdaptData.split(made, own, SEED);
        Map<Fault, Integer> removed = new EnumMap<>(Fault.class);
        AdaptData data = split.audited(queries, listener.began("Auditing"), removed);
        requireEnough(data, made, database);
        tell(data, made, own, removed, notes);
        folder.begin();
        folder.write(data);
        RunConfigLoader loader =
                new RunConfigLoader(Files::exists, workspace.loader().devices());
        configuration.write(data, loader);
        List<RunEstimate> times = new ArrayList<>();
        for (int i = 0; i < ESTIMATES && configuration.isTooLong(times); i++) {
            times.add(new Estimate(workspace).run(configuration.written(), listener));
        }
        configuration.limit(times, loader);
        Example example = data.validation().isEmpty()
                ? data.train().get(0)
                : data.validation().get(0);
        AdaptFolder.State state =
                new AdaptFolder.State(notes, example.question(), fileOf(request, database, example.databaseId()));
        folder.write(request, state);
        return state;
    }

    /** Fails before anything is made if there is no such model, or a key is wrong. */
    private void requireModel(AdaptConfig configuration) {
        AdaptRequest request = configuration.request();
        List<String> keys = new ArrayList<>(List.of("model.name=" + request.model()));
        keys.addAll(request.overrides());
        RunConfig config = RunRequest.of(null, keys)
                .load(new RunConfigLoader(path -> true, workspace.loader().devices()));
        workspace.loader().describe(config.model());
    }

    private static OwnPairs own(
            AdaptRequest request,
            List<MadeQuestions> made,
            QueryDatabases queries,
            RunListener listener,
            List<String> notes) {
        if (request.questions() == null) {
            return OwnPairs.NONE;
        }
        Map<String, Schema> schemas = new LinkedHashMap<>();
        made.forEach(each -> schemas.put(each.databaseId(), each.schema()));
        return OwnPairs.read(
                request.questions(), schemas, queries, SEED, listener.began("Reading your questions"), notes);
    }

    private static void requireEnough(AdaptData data, List<MadeQuestions> made, NamedDatabase database) {
        long queries = data.train().stream().map(Example::sql).distinct().count();
        if (queries >= LEAST_TRAINED) {
            return;
        }
        boolean none = made.stream().allMatch(each -> each.pairs().isEmpty());
        throw new SqlTuneException(
                none && data.train().isEmpty()
                        ? "Nothing to ask of " + database + ": its tables have no rows. Fill them, or give pairs with"
                                + " --questions"
                        : "Only " + queries + " different queries to train on can be made for " + database + ", "
                                + LEAST_TRAINED + " are the least: its tables have too few rows or columns. Give pairs"
                                + " of your own with --questions");
    }

    private static void tell(
            AdaptData data, List<MadeQuestions> made, OwnPairs own, Map<Fault, Integer> removed, List<String> notes) {
        int pairs = made.stream().mapToInt(each -> each.pairs().size()).sum();
        notes.add(
                0,
                String.format(
                        Locale.ROOT,
                        "%,d pairs made from %,d tables with rows%s; %,d rows are trained on, %,d made pairs%s are held out",
                        pairs,
                        made.stream()
                                .mapToLong(each -> each.pairs().stream()
                                        .map(pair -> pair.table())
                                        .distinct()
                                        .count())
                                .sum(),
                        own.size() > 0 ? String.format(Locale.ROOT, ", and %,d of yours", own.size()) : "",
                        data.train().size(),
                        data.validation().size(),
                        data.test().isEmpty()
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        " and %,d of yours",
                                        data.test().size())));
        int refused = made.stream().mapToInt(MadeQuestions::refused).sum();
        if (refused > 0) {
            notes.add(refused + " drafted queries were left out: the database refuses them");
        }
        made.stream()
                .filter(each -> each.pairs().isEmpty())
                .forEach(each -> notes.add(each.databaseId() + " has no rows: nothing was made of it"));
        removed.forEach((fault, count) -> notes.add("The audit removed " + count + " rows: " + fault.description()));
    }

    /** Returns the database of a question as {@code --db} takes it. */
    private static String fileOf(AdaptRequest request, NamedDatabase database, String id) {
        return database.kind() == Kind.FOLDER ? database.locationOf(id).orElse(request.database()) : request.database();
    }
}
