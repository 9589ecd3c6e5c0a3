package org.sqltune.data.rows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.core.text.PrintableText;
import org.sqltune.data.rows.JsonRows.Action;

/**
 * Reads CSV (<a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>, or with another {@link CsvSeparator})
 * with a header, one row at a time, as objects of strings. An empty field is null.
 */
public final class CsvRows {
    private static final int MOST_SHOWN = 500;
    private static final Pattern LINE = Pattern.compile("\\bline (\\d+)");

    private final Path file;
    private final CsvSeparator separator;
    private final RowFaults faults;
    private boolean brokeOff;

    private CsvRows(Path file, CsvSeparator separator, RowFaults faults) {
        this.file = file;
        this.separator = separator;
        this.faults = faults;
    }

    /**
     * Passes every row to {@code action}, and rows whose number of fields differs from the header's to {@code
     * faults}.
     *
     * @throws SqlTuneException if the file can't be read or has no rows, or if {@code faults} throws it
     */
    public static void forEach(Path file, RowFaults faults, Action action) {
        forEach(file, List.of(), faults, action);
    }

    /** Passes every row to {@code action}, and requires that the header has {@code columns}. */
    public static void forEach(Path file, List<String> columns, RowFaults faults, Action action) {
        try (BufferedReader reader = TextFiles.open(file)) {
            CsvSeparator separator = CsvSeparator.of(file, reader);
            try (CsvReader<CsvRecord> records = reader(separator).ofCsvRecord(reader)) {
                new CsvRows(file, separator, faults).read(records.iterator(), columns, action);
            }
        } catch (CharacterCodingException e) {
            // In the header.
            faults.row();
            faults.broken(TextFiles.notText(file, e));
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e) + "; check the file", e);
        }
    }

    private void read(Iterator<CsvRecord> iterator, List<String> columns, Action action) {
        if (!hasNext(iterator)) {
            refuseEmpty("it needs a header and at least one row");
            return;
        }
        List<String> header = header(file, iterator.next(), columns);
        boolean any = false;
        while (hasNext(iterator)) {
            CsvRecord csvRecord = iterator.next();
            any = true;
            faults.row();
            try {
                action.accept(row(header, csvRecord));
            } catch (SqlTuneException fault) {
                faults.broken(fault);
            }
        }
        if (!any) {
            refuseEmpty("it has a header and no row; add rows");
        }
    }

    private void refuseEmpty(String why) {
        if (!brokeOff) {
            throw new SqlTuneException(file + " is empty: " + why);
        }
    }

    private static CsvReader.CsvReaderBuilder reader(CsvSeparator separator) {
        return CsvReader.builder()
                .fieldSeparator(separator.character())
                .maxBufferSize(TextLines.MOST)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    }

    /**
     * Returns whether there is another row. An invalid quote or byte ends the file, because the start of the next row
     * is unknown.
     */
    private boolean hasNext(Iterator<CsvRecord> iterator) {
        try {
            return iterator.hasNext();
        } catch (CsvParseException e) {
            faults.row();
            faults.broken(quotes(e));
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CharacterCodingException)) {
                throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e) + "; check the file", e);
            }
            faults.row();
            faults.broken(TextFiles.notText(file, e.getCause()));
        }
        brokeOff = true;
        return false;
    }

    /** Returns an error with the line number of the library's exception, whose message is about internal buffers. */
    private SqlTuneException quotes(CsvParseException e) {
        String message =
                e.getMessage() + " " + (e.getCause() == null ? "" : e.getCause().getMessage());
        Matcher line = LINE.matcher(message);
        boolean tooLong = message.contains("buffer");
        return new SqlTuneException(
                file + (line.find() ? " line " + line.group(1) : "") + ": "
                        + (tooLong
                                ? "a field is longer than " + TextLines.MOST + " characters; is its quote ever closed?"
                                        + " Check its quotes"
                                : "a field's quote is never closed; check its quotes"),
                e);
    }

    private static List<String> header(Path file, CsvRecord csvRecord, List<String> columns) {
        List<String> header = csvRecord.getFields().stream().map(String::strip).toList();
        if (new HashSet<>(header).size() < header.size()) {
            throw new SqlTuneException(
                    file + " line 1: a name stands twice in the header " + shown(header) + "; rename one");
        }
        for (String column : columns) {
            if (!header.contains(column)) {
                throw new SqlTuneException(file + " line " + csvRecord.getStartingLineNumber() + ": no column " + column
                        + " in the header " + shown(header) + "; rename the one that is meant, or add it");
            }
        }
        return header;
    }

    private static String shown(List<String> header) {
        String names = PrintableText.oneLine(header.toString());
        return names.length() <= MOST_SHOWN ? names : names.substring(0, MOST_SHOWN) + "…";
    }

    private JsonRow row(List<String> header, CsvRecord csvRecord) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        JsonRow row = new JsonRow(file, (int) csvRecord.getStartingLineNumber(), object);
        if (csvRecord.getFieldCount() != header.size()) {
            throw row.fault(csvRecord.getFieldCount() + " fields where the header has " + header.size()
                    + "; put a field with " + separator.plural() + " in double quotes");
        }
        for (int i = 0; i < header.size(); i++) {
            String field = csvRecord.getField(i);
            object.put(header.get(i), field.isEmpty() ? null : field);
        }
        return row;
    }
}
