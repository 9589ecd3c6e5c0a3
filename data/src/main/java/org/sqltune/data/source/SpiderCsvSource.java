package org.sqltune.data.source;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.source.SpiderIndex.Match;
import org.sqltune.data.source.SpiderIndex.Origin;

/**
 * Spider as a CSV with the columns {@code text_query} and {@code sql_command}. The CSV names no database: where Spider's
 * own files lie beside it, its rows are found there by question and SQL, which gives them their schemas. The well-known
 * file of 8,034 rows is train_spider followed by Spider's <em>dev</em> set, so whoever trains on all of it trains on the
 * questions that Spider is scored by. Rows equal to dev become validation and test set.
 */
public final class SpiderCsvSource implements ExampleSource {
    private static final List<String> COLUMNS = List.of("text_query", "sql_command");

    private final Path file;
    private final Path spiderFolder;
    private final boolean trainOnDev;

    /**
     * @param file the CSV
     * @param spiderFolder where tables.json, train_spider.json and dev.json are looked for
     * @param trainOnDev whether rows of Spider's dev set stay in the training set, which makes scores on dev worthless
     */
    public SpiderCsvSource(Path file, Path spiderFolder, boolean trainOnDev) {
        this.file = file;
        this.spiderFolder = spiderFolder;
        this.trainOnDev = trainOnDev;
    }

    @Override
    public String name() {
        return "spider_csv";
    }

    @Override
    public Splits prepare() {
        SpiderIndex index = SpiderIndex.read(spiderFolder);
        List<Example> train = new ArrayList<>();
        List<Example> dev = new ArrayList<>();
        int unknown = 0;
        for (CsvRow row : rows()) {
            Match match = index.find(row.question(), row.sql());
            Example example = new Example(row.id(), match.databaseId(), row.question(), match.schema(), row.sql());
            (match.origin() == Origin.DEV ? dev : train).add(example);
            unknown += match.schema() instanceof VerbatimSchema ? 1 : 0;
        }
        List<String> notes = new ArrayList<>(index.notes());
        if (unknown > 0) {
            notes.add(file.getFileName() + ": " + unknown + " rows are in none of Spider's files in " + spiderFolder
                    + ": their prompts have no schema.");
        }
        if (dev.isEmpty()) {
            return new Splits(train, List.of(), List.of(), notes);
        }
        notes.add(devNote(dev.size()));
        if (trainOnDev) {
            train.addAll(dev);
            return new Splits(train, List.of(), List.of(), notes);
        }
        return new Splits(train, dev, dev, notes);
    }

    private String devNote(int rows) {
        String found = file.getFileName() + ": " + rows + " rows are Spider's dev set. ";
        return trainOnDev
                ? found + "They are trained on, as asked: scores on Spider's dev set will say nothing."
                : found + "They are kept out of training and are the validation and test set.";
    }

    private List<CsvRow> rows() {
        if (!Files.isRegularFile(file)) {
            throw new SqlTuneException("No file " + file + ": data.path must be a CSV with the columns " + COLUMNS);
        }
        List<CsvRow> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file)) {
            List<String> header = null;
            for (CsvRecord csvRecord : records) {
                if (header == null) {
                    header = header(csvRecord);
                } else {
                    rows.add(row(csvRecord, header, rows.size()));
                }
            }
        } catch (CsvParseException e) {
            throw new SqlTuneException(file + ": " + e.getMessage() + "; check its quotes", e);
        } catch (IOException | UncheckedIOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e, e);
        }
        if (rows.isEmpty()) {
            throw new SqlTuneException(file + " is empty: it needs a header and at least one row");
        }
        return rows;
    }

    private List<String> header(CsvRecord csvRecord) {
        List<String> header = csvRecord.getFields().stream().map(String::strip).toList();
        for (String column : COLUMNS) {
            if (!header.contains(column)) {
                throw fault(csvRecord, "no column " + column + " in the header " + header);
            }
        }
        return header;
    }

    private CsvRow row(CsvRecord csvRecord, List<String> header, int number) {
        if (csvRecord.getFieldCount() != header.size()) {
            throw fault(
                    csvRecord,
                    csvRecord.getFieldCount() + " fields where the header has " + header.size()
                            + "; put a field with commas in double quotes");
        }
        String question = csvRecord.getField(header.indexOf("text_query"));
        String sql = GoldSql.clean(csvRecord.getField(header.indexOf("sql_command")));
        if (question.isBlank() || sql.isEmpty()) {
            throw fault(csvRecord, "text_query or sql_command is empty; fill it or remove the row");
        }
        return new CsvRow("csv-" + number, question, sql);
    }

    private SqlTuneException fault(CsvRecord csvRecord, String what) {
        return new SqlTuneException(file + " line " + csvRecord.getStartingLineNumber() + ": " + what);
    }

    /** A row of the file; ids count from 0, as places in Spider's own files do. */
    private record CsvRow(String id, String question, String sql) {}
}
