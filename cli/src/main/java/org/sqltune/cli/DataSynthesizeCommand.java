package org.sqltune.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.data.audit.PairFile;
import org.sqltune.data.database.DeclaredComments;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.synthesis.HardnessMix;
import org.sqltune.synthesis.Synthesizer;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.SyntheticRows;
import org.sqltune.synthesis.demo.DemoDatabases;
import org.sqltune.synthesis.template.Templates;
import org.sqltune.workflow.Databases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sqltune data synthesize}: questions with SQL for a database that nobody has asked yet. */
@Command(
        name = "synthesize",
        description = "Makes questions with SQL for a database, every query run on it, as JSONL that train takes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune data synthesize --db my.sqlite --count 5000 --output synthetic.jsonl",
            "  sqltune data synthesize --db finance --hardness easy=1,medium=2,hard=1,extra=1 --output finance.jsonl",
            "  sqltune train data.train_file=synthetic.jsonl data.validation_split=0.05"
        })
final class DataSynthesizeCommand implements Runnable {
    private final Console console;
    private final DemoDatabases demo;

    @Option(
            names = "--db",
            paramLabel = "FILE",
            required = true,
            description = "SQLite file, or the name of a demo database.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path database;

    @Option(names = "--count", paramLabel = "N", description = "Pairs wanted (default: ${DEFAULT-VALUE}).")
    private int count = 1000;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where the rows go.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Option(
            names = "--hardness",
            paramLabel = "GRADE=WEIGHT",
            split = ",",
            description = "How many of each grade, such as easy=1,medium=2,hard=1,extra=1; spider for Spider's own mix"
                    + " (default: whatever comes of equally many of each kind of query).")
    private List<String> hardness = new ArrayList<>();

    @Option(
            names = "--schema-format",
            paramLabel = "table|create_table|compact",
            description = "How rows write the schema (default: ${DEFAULT-VALUE}).")
    private SchemaFormat schemaFormat = SchemaFormat.TABLE;

    @Option(
            names = "--exclude",
            paramLabel = "FILE",
            description = "Questions that must not be made, such as those to be scored on: CSV, JSONL or JSON.")
    private @Nullable Path exclude;

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    DataSynthesizeCommand(Console console, DemoDatabases demo) {
        this.console = console;
        this.demo = demo;
    }

    @Override
    public void run() {
        Path file =
                Path.of(new Databases(demo).named("--db", database.toString()).location());
        Schema schema = new SchemaReader().read(file);
        List<SyntheticPair> pairs = synthesize(schema, file);
        if (pairs.isEmpty()) {
            throw new SqlTuneException("Nothing to ask of " + file + ": its tables have no rows");
        }
        SyntheticRows.write(output, schema.databaseId(), new SchemaSerializer(schemaFormat).serialize(schema), pairs);
        console.out().println(summary(pairs, executing(pairs, file)));
        console.out().println(output);
    }

    private List<SyntheticPair> synthesize(Schema schema, Path file) {
        Set<String> excluded = new HashSet<>();
        if (exclude != null) {
            PairFile.read(exclude).forEach(row -> excluded.add(QuestionText.normalised(row.question())));
        }
        Synthesizer synthesizer = new Synthesizer(
                seed, question -> !excluded.contains(QuestionText.normalised(question)), Templates.withSets(), mix());
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file.toUri())) {
            return synthesizer.synthesize(DeclaredComments.in(schema, connection), connection, count);
        } catch (SQLException e) {
            throw new SqlTuneException("Can't open " + file + ": " + e.getMessage() + ". Give an SQLite file", e);
        }
    }

    private @Nullable HardnessMix mix() {
        if (hardness.isEmpty()) {
            return null;
        }
        if (hardness.equals(List.of("spider"))) {
            return HardnessMix.SPIDER;
        }
        Map<QueryHardness, Double> weights = new EnumMap<>(QueryHardness.class);
        for (String each : hardness) {
            String[] parts = each.split("=", -1);
            try {
                weights.put(QueryHardness.valueOf(parts[0].strip().toUpperCase(Locale.ROOT)), Double.valueOf(parts[1]));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new SqlTuneException(
                        "--hardness " + each + " is none: write easy=1,medium=2,hard=1,extra=1, or spider", e);
            }
        }
        return new HardnessMix(weights);
    }

    /** Runs every query once more, as an answer would be run: what counts is what the file says, not what was meant. */
    private static int executing(List<SyntheticPair> pairs, Path file) {
        int executing = 0;
        try (SqliteExecutor executor = SqliteExecutor.open(file, QueryLimits.DEFAULTS)) {
            for (SyntheticPair pair : pairs) {
                try {
                    executor.execute(pair.sql());
                    executing++;
                } catch (SqlExecutionException failing) {
                    // Counted by its absence.
                }
            }
        }
        return executing;
    }

    private String summary(List<SyntheticPair> pairs, int executing) {
        Set<String> templates = pairs.stream().map(SyntheticPair::templateId).collect(Collectors.toSet());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("pairs, of " + count + " wanted", Integer.toString(pairs.size())));
        rows.add(List.of("whose query runs", Integer.toString(executing)));
        rows.add(List.of(
                "templates", templates.size() + " of " + Templates.withSets().size()));
        shares(pairs, pair -> QueryHardness.of(pair.sql()).label(), rows);
        shares(pairs, pair -> pair.category().name().toLowerCase(Locale.ROOT), rows);
        return Tables.draw(List.of("Synthesised", "Number"), rows);
    }

    private static void shares(
            List<SyntheticPair> pairs, Function<SyntheticPair, String> kind, List<List<String>> rows) {
        Map<String, Long> counts = pairs.stream().collect(Collectors.groupingBy(kind, Collectors.counting()));
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> rows.add(List.of(
                        "  " + entry.getKey(),
                        String.format(
                                Locale.ROOT,
                                "%d (%.1f %%)",
                                entry.getValue(),
                                100.0 * entry.getValue() / pairs.size()))));
    }
}
