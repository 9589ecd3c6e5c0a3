package org.sqltune.data.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.data.database.ValueSampler.RowReader;

/**
 * Reads the texts in a database's columns, read-only and within limits: for each column that may have texts, the
 * distinct texts of its first million rows, at most 10,000 per column and 100,000 in total, without texts that have
 * more than 60 characters, or no letter unless they are dates. Unreadable columns are left out with a warning.
 */
public final class DatabaseValues {
    private static final Logger log = LoggerFactory.getLogger(DatabaseValues.class);
    private static final int ROWS = 1_000_000;
    private static final int MOST_OF_A_COLUMN = 10_000;
    private static final int MOST = 100_000;
    private static final int LONGEST = 60;

    /** The beginnings of column types without texts. */
    private static final Pattern NO_TEXT = Pattern.compile(
            "(?:int|bigint|smallint|tinyint|mediumint|serial|bigserial|real|float|double|numeric|decimal|number|bool|bit"
                    + "|time|year|blob|bytea|binary|json|uuid|money).*");

    private final Schema schema;
    private final List<ValueLink> values = new ArrayList<>();
    private int unreadable;

    private DatabaseValues(Schema schema) {
        this.schema = schema;
    }

    /**
     * Returns a linker for a database.
     *
     * @param database an SQLite file, or a JDBC URL of SQLite or PostgreSQL
     * @param schema the database's schema
     * @throws org.sqltune.core.SqlTuneException if the database doesn't exist or can't be opened
     */
    public static ValueLinker linker(String database, Schema schema) {
        DatabaseValues reading = new DatabaseValues(schema);
        DatabaseIntrospection.rows(database, reading::read);
        if (reading.unreadable > 0) {
            log.warn(
                    "The values of {} columns of {} can't be read: questions aren't linked to them",
                    reading.unreadable,
                    schema.databaseId());
        }
        return reading.values.isEmpty() ? ValueLinker.NONE : new ValueIndex(reading.values, schema);
    }

    private void read(RowReader<RuntimeException> rows) {
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                if (values.size() < MOST && mayHoldTexts(column) && !read(table, column, rows)) {
                    unreadable++;
                }
            }
        }
    }

    private static boolean mayHoldTexts(Column column) {
        return !NO_TEXT.matcher(column.type().toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean isOfDates(Column column) {
        return column.type().toLowerCase(Locale.ROOT).startsWith("date");
    }

    private boolean read(Table table, Column column, RowReader<RuntimeException> rows) {
        String name = SqlIdentifiers.quoted(column.name());
        String query = "SELECT DISTINCT " + name + " FROM (SELECT " + name + " FROM "
                + SqlIdentifiers.quoted(table.name()) + " LIMIT " + ROWS + ") AS part LIMIT " + MOST_OF_A_COLUMN;
        return rows.forEach(query, row -> {
            if (row.get(0) instanceof String text && isLinkable(column, text) && values.size() < MOST) {
                values.add(new ValueLink(table.name(), column.name(), text));
            }
        });
    }

    /** Returns whether a text is linked: questions quote numbers literally, and long texts aren't names. */
    private static boolean isLinkable(Column column, String text) {
        return text.length() <= LONGEST
                && (DateTexts.of(text).isPresent()
                        || (!isOfDates(column) && text.chars().anyMatch(Character::isLetter)));
    }
}
