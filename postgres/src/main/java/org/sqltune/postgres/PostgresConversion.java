package org.sqltune.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.example.Example;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.postgres.ConversionResult.ConvertedDatabase;
import org.sqltune.postgres.ConversionResult.ConvertedExample;
import org.sqltune.postgres.proof.PostgresDatabase;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.QueryProof;
import org.sqltune.postgres.proof.RejectReason;
import org.sqltune.postgres.proof.Verdict;
import org.sqltune.postgres.query.QueryTranslator;
import org.sqltune.postgres.schema.PostgresSchema;
import org.sqltune.postgres.schema.SchemaConverter;
import org.sqltune.postgres.schema.SchemaDescription;

/**
 * Converts examples from SQLite to PostgreSQL, one database at a time: it converts the schema, copies the rows, and
 * runs every query on both. A failing query or database doesn't affect the others.
 */
public final class PostgresConversion {
    private final DatabaseFolder databases;
    private final PostgresServer server;
    private final QueryLimits limits;

    /**
     * @param databases the examples' SQLite files
     * @param server the PostgreSQL server for the copies; the caller closes it
     * @param limits the limits of each query, on both sides
     */
    public PostgresConversion(DatabaseFolder databases, PostgresServer server, QueryLimits limits) {
        this.databases = databases;
        this.server = server;
        this.limits = limits;
    }

    /**
     * Converts examples.
     *
     * @param examples any examples; those without a database are rejected
     * @param progress receives the number of converted examples
     */
    public ConversionResult convert(List<Example> examples, ProgressListener progress) {
        Map<String, List<Integer>> byDatabase = new LinkedHashMap<>();
        IntStream.range(0, examples.size())
                .forEach(i -> byDatabase
                        .computeIfAbsent(examples.get(i).databaseId(), id -> new ArrayList<>())
                        .add(i));
        Map<Integer, Verdict> verdicts = new HashMap<>();
        List<ConvertedDatabase> converted = new ArrayList<>();
        try (SqliteWorkers sqlite = new SqliteWorkers(1)) {
            byDatabase.forEach((id, indexes) -> {
                Run run = new Run(id, indexes, examples, verdicts, progress);
                run.convert(sqlite).ifPresent(converted::add);
            });
        }
        List<ConvertedExample> results = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Verdict verdict = verdicts.get(i);
            if (verdict != null) {
                results.add(new ConvertedExample(examples.get(i), verdict));
            }
        }
        return new ConversionResult(results, converted);
    }

    /** The conversion of one database's examples. */
    private final class Run {
        private final String databaseId;
        private final List<Integer> indexes;
        private final List<Example> examples;
        private final Map<Integer, Verdict> verdicts;
        private final ProgressListener progress;

        Run(
                String databaseId,
                List<Integer> indexes,
                List<Example> examples,
                Map<Integer, Verdict> verdicts,
                ProgressListener progress) {
            this.databaseId = databaseId;
            this.indexes = indexes;
            this.examples = examples;
            this.verdicts = verdicts;
            this.progress = progress;
        }

        Optional<ConvertedDatabase> convert(SqliteWorkers sqlite) {
            Optional<Path> file = databases.locate(databaseId);
            if (file.isEmpty()) {
                rejectAll(RejectReason.NO_DATABASE, "no database \"" + databaseId + "\" in " + databases.folder());
                return Optional.empty();
            }
            try {
                PostgresSchema schema = new SchemaConverter().convert(file.get());
                SqlExecutor original = sqlite.open(file.get(), limits);
                try (PostgresDatabase postgres = PostgresDatabase.copy(server, schema, file.get(), limits)) {
                    proveAll(new QueryProof(new QueryTranslator(schema), original, postgres));
                    return Optional.of(describe(schema, postgres));
                }
            } catch (SqlTuneException e) {
                rejectAll(RejectReason.DATABASE_NOT_COPIED, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        /** Proves each distinct query once, since many questions share one. */
        private void proveAll(QueryProof proof) {
            Map<String, Verdict> known = new HashMap<>();
            for (int index : indexes) {
                report(index, known.computeIfAbsent(examples.get(index).sql(), proof::prove));
            }
        }

        private ConvertedDatabase describe(PostgresSchema schema, PostgresDatabase postgres) {
            return new ConvertedDatabase(
                    databaseId,
                    postgres.copied().definition(),
                    new SchemaSerializer(SchemaFormat.CREATE_TABLE).serialize(SchemaDescription.of(schema)),
                    postgres.copied().rows(),
                    schema.widenedColumns(),
                    postgres.copied().brokenKeys());
        }

        private void rejectAll(RejectReason reason, String detail) {
            for (int index : indexes) {
                report(index, Verdict.rejected(null, reason, detail));
            }
        }

        private void report(int index, Verdict verdict) {
            verdicts.put(index, verdict);
            progress.advanced(verdicts.size(), examples.size(), databaseId);
        }
    }
}
