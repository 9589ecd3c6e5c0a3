package org.sqltune.data.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.data.rows.Wanted;
import org.sqltune.data.spider.SpiderTables;

/**
 * Reads a file of questions and SQL for auditing, in any format of {@link RowFiles} and with the field names of known
 * data sets. Schemas come from a {@code tables.json} beside the file, or from the row.
 */
public final class PairFile {
    private static final List<String> QUESTIONS =
            List.of("question", "text_query", "sql_prompt", "utterance", "nl", "input");
    private static final List<String> SQL = List.of("sql", "query", "sql_command", "SQL", "answer", "output");
    private static final List<String> SCHEMAS = List.of("schema", "sql_context", "context");

    private static final Wanted WANTED = Wanted.of(Stream.of(QUESTIONS, SQL, SCHEMAS, List.of("db_id"))
            .flatMap(List::stream)
            .toList());

    private final String name;
    private final Map<String, Schema> schemas;
    private final List<Example> examples = new ArrayList<>();

    private PairFile(String name, Map<String, Schema> schemas) {
        this.name = name;
        this.schemas = schemas;
    }

    /**
     * Reads a file; an id is the file name without extension and the row number from 0.
     *
     * @throws SqlTuneException if it can't be read, or a row has no question or no SQL; the message names file and
     *     line
     */
    public static List<Example> read(Path file) {
        Path tables = file.resolveSibling("tables.json");
        Map<String, Schema> schemas =
                Files.isRegularFile(tables) && !file.equals(tables) ? SpiderTables.read(tables) : Map.of();
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        PairFile pairs = new PairFile(name, schemas);
        RowFiles.forEach(file, WANTED, RowFaults.STRICT, pairs::add);
        return pairs.examples;
    }

    private void add(JsonRow row) {
        String question = first(row, QUESTIONS, "question");
        String sql = JsonRow.withoutSemicolons(first(row, SQL, "SQL"));
        if (sql.isEmpty()) {
            throw row.fault("the SQL is only a semicolon; fill it or remove the row");
        }
        String database = row.textOr("db_id", "");
        examples.add(new Example(name + "-" + examples.size(), database, question, schema(row, database), sql));
    }

    private SchemaContent schema(JsonRow row, String database) {
        Schema known = schemas.get(database);
        if (known != null) {
            return known;
        }
        return new VerbatimSchema(SCHEMAS.stream()
                .filter(row::has)
                .map(key -> row.textOr(key, ""))
                .findFirst()
                .orElse(""));
    }

    /** Returns the first field that is a text: Spider has a parsed query at "sql" and its text at "query". */
    private static String first(JsonRow row, List<String> known, String what) {
        return known.stream()
                .map(key -> row.textOr(key, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElseThrow(() -> row.fault(
                        "no " + what + " among " + row.keys() + "; name it one of " + String.join(", ", known)));
    }
}
