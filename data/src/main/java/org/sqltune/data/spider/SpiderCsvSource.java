package org.sqltune.data.spider;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.rows.CsvRows;
import org.sqltune.data.rows.Intake;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.source.ExampleSource;
import org.sqltune.data.spider.SpiderIndex.Match;
import org.sqltune.data.spider.SpiderIndex.Origin;
import org.sqltune.data.split.Splits;

/**
 * Spider as a CSV with the columns {@code text_query} and {@code sql_command}. The CSV names no databases: rows get
 * their schemas from Spider's own files beside it, matched by question and SQL. The well-known file of 8,034 rows is
 * train_spider followed by Spider's <em>dev</em> set, so training on all of it includes the evaluation questions.
 * Rows equal to dev therefore become validation and test set.
 */
public final class SpiderCsvSource implements ExampleSource {
    private static final String QUESTION = "text_query";
    private static final String SQL = "sql_command";
    private static final List<String> COLUMNS = List.of(QUESTION, SQL);

    private final Path file;
    private final Path spiderFolder;
    private final boolean trainOnDev;
    private final boolean skipBad;

    /**
     * @param file the CSV file
     * @param spiderFolder the folder of tables.json, train_spider.json and dev.json
     * @param trainOnDev whether rows of Spider's dev set stay in the training set, which makes scores on dev
     *     meaningless
     */
    public SpiderCsvSource(Path file, Path spiderFolder, boolean trainOnDev) {
        this(file, spiderFolder, trainOnDev, false);
    }

    /** Creates a source that, with {@code skipBad}, skips and counts broken rows. */
    public SpiderCsvSource(Path file, Path spiderFolder, boolean trainOnDev, boolean skipBad) {
        this.file = file;
        this.spiderFolder = spiderFolder;
        this.trainOnDev = trainOnDev;
        this.skipBad = skipBad;
    }

    @Override
    public String name() {
        return "spider_csv";
    }

    @Override
    public Splits<Example> prepare() {
        SpiderIndex index = SpiderIndex.read(spiderFolder);
        List<Example> train = new ArrayList<>();
        List<Example> dev = new ArrayList<>();
        int unknown = 0;
        Intake intake = new Intake(file, skipBad);
        for (CsvRow row : rows(intake)) {
            Match match = index.find(row.question(), row.sql());
            Example example = new Example(row.id(), match.databaseId(), row.question(), match.schema(), row.sql());
            (match.origin() == Origin.DEV ? dev : train).add(example);
            unknown += match.schema() instanceof VerbatimSchema ? 1 : 0;
        }
        List<String> notes = new ArrayList<>(index.notes());
        notes.addAll(intake.notes());
        List<RowCount> counts = List.of(intake.count(train.size() + dev.size()));
        if (unknown > 0) {
            notes.add(file.getFileName() + ": " + unknown + " rows are in none of Spider's files in " + spiderFolder
                    + ": their prompts have no schema.");
        }
        if (dev.isEmpty()) {
            return new Splits<>(train, List.of(), List.of(), notes, counts);
        }
        notes.add(devNote(dev.size()));
        if (trainOnDev) {
            train.addAll(dev);
            return new Splits<>(train, List.of(), List.of(), notes, counts);
        }
        return new Splits<>(train, dev, dev, notes, counts);
    }

    private String devNote(int rows) {
        String found = file.getFileName() + ": " + rows + " rows are Spider's dev set. ";
        return trainOnDev
                ? found + "They are trained on, as asked: scores on Spider's dev set will say nothing."
                : found + "They are kept out of training and are the validation and test set.";
    }

    private List<CsvRow> rows(Intake intake) {
        if (!Files.isRegularFile(file)) {
            throw new SqlTuneException("No file " + file + ": data.path must be a CSV with the columns " + COLUMNS);
        }
        List<CsvRow> rows = new ArrayList<>();
        int[] place = new int[1];
        CsvRows.forEach(file, COLUMNS, intake, row -> {
            String id = "csv-" + place[0]++;
            if (!row.has(QUESTION) || !row.has(SQL)) {
                throw row.fault(QUESTION + " or " + SQL + " is empty; fill it or remove the row");
            }
            rows.add(new CsvRow(id, row.filledText(QUESTION), row.sql(SQL)));
        });
        return rows;
    }

    /** A row of the file; ids count from 0, like positions in Spider's own files. */
    private record CsvRow(String id, String question, String sql) {}
}
