package org.sqltune.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.data.source.WikiSqlTables.WikiSqlTable;

/**
 * WikiSQL: a folder with {@code train.jsonl}, {@code dev.jsonl}, {@code test.jsonl} and table headers. The SQL is built
 * from {@code {sel, agg, conds}} and the headers; a row for which that can't be done is left out and counted.
 */
public final class WikiSqlSource implements ExampleSource {
    private final Path folder;

    /** @param folder WikiSQL's folder */
    public WikiSqlSource(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "wikisql";
    }

    @Override
    public Splits prepare() {
        if (!Files.isDirectory(folder)) {
            throw new SqlTuneException(
                    "No folder " + folder + ": data.path must be WikiSQL's folder, with train.jsonl and tables.jsonl");
        }
        Map<String, WikiSqlTable> tables = WikiSqlTables.read(folder);
        List<String> notes = new ArrayList<>();
        long gaps = tables.values().stream().filter(WikiSqlTable::hasGaps).count();
        if (gaps > 0) {
            notes.add("Headers of " + gaps + " of " + tables.size()
                    + " tables are known in part: their schemas lack columns.");
        }
        return new Splits(read("train", tables, notes), read("dev", tables, notes), read("test", tables, notes), notes);
    }

    private List<Example> read(String split, Map<String, WikiSqlTable> tables, List<String> notes) {
        Path file = folder.resolve(split + ".jsonl");
        if (!Files.exists(file)) {
            notes.add(split + ".jsonl isn't there.");
            return List.of();
        }
        List<Example> examples = new ArrayList<>();
        Tally rejects = new Tally();
        JsonRows.forEach(file, row -> {
            WikiSqlTable table = tables.get(row.filledText("table_id"));
            String reject = reject(row, table);
            if (table == null || !reject.isEmpty()) {
                rejects.add(reject);
                return;
            }
            examples.add(new Example(
                    split + "-" + (row.line() - 1),
                    row.text("table_id"),
                    row.filledText("question").strip(),
                    table.schema(),
                    WikiSqlQuery.of(row).toSql(table.columns())));
        });
        if (!rejects.isEmpty()) {
            notes.add(split + ".jsonl: " + rejects.total() + " rows left out: " + rejects + ".");
        }
        return examples;
    }

    /** Why a row can't become an example; empty if it can. */
    private static String reject(JsonRow row, @Nullable WikiSqlTable table) {
        if (!row.has("sql")) {
            return "without sel, agg and conds";
        }
        if (table == null) {
            return "of a table without known headers";
        }
        WikiSqlQuery query = WikiSqlQuery.of(row);
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
