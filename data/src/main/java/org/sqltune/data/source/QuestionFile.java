package org.sqltune.data.source;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;

/**
 * Any file of questions with SQL, to be looked at rather than trained on: a CSV, JSON Lines or a JSON array, under the
 * names that known data sets have for the two. Schemas come from a {@code tables.json} beside it, or from the row.
 */
public final class QuestionFile {
    private static final List<String> QUESTIONS =
            List.of("question", "text_query", "sql_prompt", "utterance", "nl", "input");
    private static final List<String> SQL = List.of("sql", "query", "sql_command", "SQL", "answer", "output");
    private static final List<String> SCHEMAS = List.of("schema", "sql_context", "context");

    private QuestionFile() {}

    /**
     * Reads a file; ids are its name without extension and the row's number from 0.
     *
     * @throws SqlTuneException if it can't be read, or a row has no question or no SQL: names file and line
     */
    public static List<Example> read(Path file) {
        Path tables = file.resolveSibling("tables.json");
        Map<String, Schema> schemas =
                Files.isRegularFile(tables) && !file.equals(tables) ? SpiderTables.read(tables) : Map.of();
        String name = String.valueOf(file.getFileName());
        Rows rows = new Rows(name.replaceFirst("\\.[^.]*$", ""), schemas);
        if (name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
            readCsv(file, rows);
        } else {
            JsonRows.forEach(file, row -> rows.add(row.keys(), key -> row.textOr(key, ""), what -> row.fault(what)));
        }
        return rows.examples;
    }

    private static void readCsv(Path file, Rows rows) {
        try (CsvReader<NamedCsvRecord> records =
                CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
            for (NamedCsvRecord each : records) {
                rows.add(
                        each.getHeader(),
                        key -> each.findField(key).orElse(""),
                        what -> new SqlTuneException(file + " line " + each.getStartingLineNumber() + ": " + what));
            }
        } catch (CsvParseException e) {
            throw new SqlTuneException(file + ": " + e.getMessage() + "; check its quotes", e);
        } catch (IOException | UncheckedIOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e, e);
        }
    }

    /** Makes an error of a fault. */
    @FunctionalInterface
    private interface Faults {
        SqlTuneException of(String what);
    }

    /** Collects examples. */
    private static final class Rows {
        private final String name;
        private final Map<String, Schema> schemas;
        private final List<Example> examples = new ArrayList<>();

        Rows(String name, Map<String, Schema> schemas) {
            this.name = name;
            this.schemas = schemas;
        }

        void add(Collection<String> keys, UnaryOperator<String> text, Faults faults) {
            String question = first(keys, QUESTIONS, text, "question", faults);
            String sql = GoldSql.clean(first(keys, SQL, text, "SQL", faults));
            if (sql.isEmpty()) {
                throw faults.of("the SQL is only a semicolon; fill it or remove the row");
            }
            String database = keys.contains("db_id") ? text.apply("db_id") : "";
            SchemaContent schema = schemas.get(database);
            if (schema == null) {
                schema = new VerbatimSchema(SCHEMAS.stream()
                        .filter(keys::contains)
                        .map(text)
                        .findFirst()
                        .orElse(""));
            }
            examples.add(new Example(name + "-" + examples.size(), database, question, schema, sql));
        }

        /** The first that is a text: Spider has a parsed query at "sql" and its text at "query". */
        private static String first(
                Collection<String> keys, List<String> known, UnaryOperator<String> text, String what, Faults faults) {
            return known.stream()
                    .filter(keys::contains)
                    .map(text)
                    .filter(value -> !value.isBlank())
                    .findFirst()
                    .orElseThrow(() -> faults.of(
                            "no " + what + " among " + keys + "; name it one of " + String.join(", ", known)));
        }
    }
}
