package org.sqltune.data.wikisql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.data.rows.Intake;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.rows.Tally;
import org.sqltune.data.source.BenchmarkFiles;
import org.sqltune.data.source.DataFolder;
import org.sqltune.data.source.ExampleSource;
import org.sqltune.data.split.Splits;
import org.sqltune.data.wikisql.WikiSqlTables.WikiSqlTable;

/**
 * WikiSQL (Zhong et al. 2017, arXiv:1709.00103): a folder or an archive with {@code train.jsonl}, {@code dev.jsonl},
 * {@code test.jsonl} and table headers. The SQL is built from {@code {sel, agg, conds}} and the headers with their
 * types; rows for which this fails are left out and counted.
 */
public final class WikiSqlSource implements ExampleSource {
    private static final String NO_STRUCT = "without sel, agg and conds";

    private final Path path;
    private final String remedy;
    private final boolean skipBad;
    private final boolean textOnlyRows;

    /** @param path WikiSQL's folder or archive; reading fails at broken rows */
    public WikiSqlSource(Path path) {
        this(path, "", false, false);
    }

    /**
     * @param path WikiSQL's folder or archive
     * @param remedy where to get it, for error messages
     * @param skipBad whether to skip and count broken rows
     * @param textOnlyRows whether to use rows that have their query only as a text, if the headers explain it
     */
    public WikiSqlSource(Path path, String remedy, boolean skipBad, boolean textOnlyRows) {
        this.path = path;
        this.remedy = remedy;
        this.skipBad = skipBad;
        this.textOnlyRows = textOnlyRows;
    }

    @Override
    public String name() {
        return "wikisql";
    }

    @Override
    public Splits<Example> prepare() {
        return new Reading(folder()).splits();
    }

    @Override
    public Optional<BenchmarkFiles> benchmark() {
        return Optional.of(new BenchmarkFiles.WikiSql(folder()));
    }

    private Path folder() {
        String needs = "it needs train.jsonl and tables.jsonl" + (remedy.isEmpty() ? "" : "; " + remedy);
        return DataFolder.find(path, List.of("train.jsonl", "dev.jsonl", "test.jsonl"), needs);
    }

    /** The state of reading the folder. */
    private final class Reading {
        private final Path folder;
        private final Map<String, WikiSqlTable> tables;
        private final List<String> notes = new ArrayList<>();
        private final List<RowCount> counts = new ArrayList<>();

        Reading(Path folder) {
            this.folder = folder;
            Intake intake = new Intake(folder.resolve("tables"), skipBad);
            this.tables = WikiSqlTables.read(folder, intake);
            notes.addAll(intake.brokenNotes());
            long gaps = tables.values().stream().filter(WikiSqlTable::hasGaps).count();
            if (gaps > 0) {
                notes.add("Headers of " + gaps + " of " + tables.size()
                        + " tables are known in part: their schemas lack columns.");
            }
        }

        Splits<Example> splits() {
            return new Splits<>(read("train"), read("dev"), read("test"), notes, counts);
        }

        private List<Example> read(String split) {
            Path file = folder.resolve(split + ".jsonl");
            if (!Files.exists(file)) {
                notes.add(split + ".jsonl isn't there.");
                return List.of();
            }
            List<Example> examples = new ArrayList<>();
            Intake intake = new Intake(file, skipBad);
            JsonRows.forEach(file, intake, row -> {
                Example example = example(split, row, intake);
                if (example != null) {
                    examples.add(example);
                }
            });
            RowCount count = intake.count(examples.size());
            counts.add(count);
            notes.addAll(intake.brokenNotes());
            Tally rejects = intake.tally();
            if (!rejects.isEmpty()) {
                notes.add(split + ".jsonl: " + rejects.total() + " rows left out: " + rejects + ".");
            }
            return examples;
        }

        private @Nullable Example example(String split, JsonRow row, Intake intake) {
            String id = row.filledText("table_id");
            String question = row.filledText("question").strip();
            WikiSqlTable table = tables.get(id);
            boolean textOnly = !row.has("sql");
            if (textOnly && !textOnlyRows) {
                return rejected(NO_STRUCT, intake);
            }
            if (table == null) {
                return rejected("of a table without known headers", intake);
            }
            WikiSqlQuery query = textOnly ? written(row, table) : WikiSqlQuery.of(row);
            String reject = query == null ? "whose text names unknown columns" : reject(row, query, table);
            if (query == null || !reject.isEmpty()) {
                return rejected(reject, intake);
            }
            return new Example(split + "-" + (row.line() - 1), id, question, table.schema(), query.toSql(table));
        }
    }

    private static @Nullable Example rejected(String reason, Intake intake) {
        intake.reject(reason);
        return null;
    }

    /** Returns the query of a row that has it only as a text; null if it can't be parsed. */
    private static @Nullable WikiSqlQuery written(JsonRow row, WikiSqlTable table) {
        int aggregate = row.object().path("agg").asInt(0);
        if (!row.has("sql_text") || aggregate < 0 || aggregate >= WikiSqlQuery.AGGREGATES.size()) {
            return null;
        }
        return WikiSqlText.parse(row.text("sql_text"), aggregate, table.columns())
                .orElse(null);
    }

    /** Returns the reason why a row's query can't become SQL; empty if it can. */
    private static String reject(JsonRow row, WikiSqlQuery query, WikiSqlTable table) {
        for (int column : query.columns()) {
            String name = table.columns().get(column);
            if (name == null) {
                return "with a column whose name is unknown";
            }
            if (table.isAmbiguous(name)) {
                return "with a column whose name its table has twice";
            }
        }
        if (row.has("sql_text") && !query.agreesWith(row.text("sql_text"), table.columns())) {
            return "whose sql_text names other columns";
        }
        return "";
    }
}
