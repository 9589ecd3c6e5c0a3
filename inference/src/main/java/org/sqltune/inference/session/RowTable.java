package org.sqltune.inference.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;

/**
 * Writes a query's rows as an aligned table of plain text:
 *
 * <pre>{@code
 * city   | customers
 * -------+----------
 * Berlin |        12
 * NULL   |         3
 * }</pre>
 *
 * Numbers stand at the right, long cells are shortened, and characters that could steer a terminal are escaped.
 */
public final class RowTable {
    private static final String SEPARATOR = " | ";

    private final int maxRows;
    private final int maxCellWidth;

    /** Shows 50 rows, 40 columns of the screen a cell. */
    public RowTable() {
        this(50, 40);
    }

    /**
     * @param maxRows rows shown at most
     * @param maxCellWidth columns of the screen that one cell takes at most
     */
    public RowTable(int maxRows, int maxCellWidth) {
        if (maxRows < 1 || maxCellWidth < 2) {
            throw new IllegalArgumentException("a table needs room for a row and for two characters a cell");
        }
        this.maxRows = maxRows;
        this.maxCellWidth = maxCellWidth;
    }

    /**
     * The header, a rule and the rows, with a last line that counts the rows that aren't shown.
     *
     * @return lines without a closing line break; the header and the rule alone for a result without rows
     */
    public String format(QueryResult result) {
        List<List<@Nullable Object>> shown =
                result.rows().subList(0, Math.min(maxRows, result.rows().size()));
        List<TableColumn> columns = IntStream.range(0, result.columns().size())
                .mapToObj(i -> column(result.columns().get(i), shown, i))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(TableColumn::header).toList()));
        lines.add(String.join(
                "-+-", columns.stream().map(c -> "-".repeat(c.width())).toList()));
        for (int row = 0; row < shown.size(); row++) {
            int index = row;
            lines.add(line(columns.stream().map(c -> c.cell(index)).toList()));
        }
        int hidden = result.rows().size() - shown.size();
        if (hidden > 0) {
            lines.add("… " + (result.truncated() ? "at least " : "") + rows(hidden) + " more");
        }
        return String.join("\n", lines);
    }

    /** How many rows there are, in words: {@code 1 row}, {@code 12 rows}, {@code more than 1000 rows}. */
    public static String count(QueryResult result) {
        return (result.truncated() ? "more than " : "") + rows(result.rows().size());
    }

    private TableColumn column(String name, List<List<@Nullable Object>> rows, int index) {
        return TableColumn.of(name, rows.stream().map(row -> row.get(index)).toList(), maxCellWidth);
    }

    private static String line(List<String> cells) {
        return String.join(SEPARATOR, cells).stripTrailing();
    }

    private static String rows(int count) {
        return count == 1 ? "1 row" : count + " rows";
    }
}
