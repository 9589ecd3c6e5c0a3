package org.sqltune.data.link;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
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
 * Reads the texts and numbers in a database's columns, read-only and within limits: for each column, the distinct values
 * of its first million rows, at most 10,000 per column and 100,000 in total; texts come before numbers. Left out are
 * texts of more than 60 characters, texts of fewer than three characters without a letter, whole numbers below 1,000,
 * which occur in too many columns, and the numbers of primary and foreign keys. Unreadable columns are left out with a
 * warning.
 */
public final class DatabaseValues {
    private static final Logger log = LoggerFactory.getLogger(DatabaseValues.class);
    private static final int ROWS = 1_000_000;
    private static final int MOST_OF_A_COLUMN = 10_000;
    private static final int MOST = 100_000;
    private static final int LONGEST = 60;
    private static final int SHORTEST_WITHOUT_LETTERS = 3;

    /** The beginnings of column types with numbers that questions quote. */
    private static final Pattern NUMBERS = Pattern.compile(
            "(?:int|bigint|smallint|mediumint|real|float|double|numeric|decimal|number|year).*");

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
        read(rows, (table, column) -> mayHoldTexts(column), this::addText);
        read(rows, this::holdsNumbers, this::addNumber);
    }

    /** Takes a value of a column. */
    private interface Taker {
        void take(Table table, Column column, Object value);
    }

    private void read(RowReader<RuntimeException> rows, BiPredicate<Table, Column> which, Taker taker) {
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                if (values.size() < MOST && which.test(table, column) && !read(table, column, rows, taker)) {
                    unreadable++;
                }
            }
        }
    }

    private boolean holdsNumbers(Table table, Column column) {
        return NUMBERS.matcher(column.type().toLowerCase(Locale.ROOT)).matches()
                && !column.primaryKey()
                && schema.foreignKeys().stream()
                        .noneMatch(key -> isIn(table, column, key.table(), key.columns())
                                || isIn(table, column, key.referencedTable(), key.referencedColumns()));
    }

    private static boolean isIn(Table table, Column column, String keyTable, List<String> keyColumns) {
        return keyTable.equalsIgnoreCase(table.name())
                && keyColumns.stream().anyMatch(column.name()::equalsIgnoreCase);
    }

    private static boolean mayHoldTexts(Column column) {
        return !NO_TEXT.matcher(column.type().toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean isOfDates(Column column) {
        return column.type().toLowerCase(Locale.ROOT).startsWith("date");
    }

    private boolean read(Table table, Column column, RowReader<RuntimeException> rows, Taker taker) {
        String name = SqlIdentifiers.quoted(column.name());
        String query = "SELECT DISTINCT " + name + " FROM (SELECT " + name + " FROM "
                + SqlIdentifiers.quoted(table.name()) + " LIMIT " + ROWS + ") AS part LIMIT " + MOST_OF_A_COLUMN;
        return rows.forEach(query, row -> {
            Object value = row.get(0);
            if (value != null && values.size() < MOST) {
                taker.take(table, column, value);
            }
        });
    }

    private void addText(Table table, Column column, Object value) {
        if (value instanceof String text && isLinkable(column, text)) {
            values.add(new ValueLink(table.name(), column.name(), text));
        }
    }

    private void addNumber(Table table, Column column, Object value) {
        if (value instanceof Number) {
            try {
                BigDecimal number = NumberTexts.number(value.toString());
                if (NumberTexts.isTelling(number)) {
                    values.add(new ValueLink(table.name(), column.name(), number.toPlainString(), true));
                }
            } catch (NumberFormatException notFinite) {
                log.trace("{}.{} has the number {}", table.name(), column.name(), value);
            }
        }
    }

    /** Returns whether a text is linked: long texts aren't names, and one or two digits are in too many columns. */
    private static boolean isLinkable(Column column, String text) {
        return text.length() <= LONGEST
                && (DateTexts.of(text).isPresent()
                        || (!isOfDates(column)
                                && (text.length() >= SHORTEST_WITHOUT_LETTERS
                                        || text.chars().anyMatch(Character::isLetter))));
    }
}
