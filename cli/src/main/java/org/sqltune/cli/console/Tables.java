package org.sqltune.cli.console;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.text.PrintableText;

/** Draws tables of text with plain characters: the first column to the left, figures to the right. */
public final class Tables {
    private Tables() {}

    public static String draw(List<String> header, List<List<String>> rows) {
        List<Column> columns = new ArrayList<>();
        for (String heading : header) {
            HorizontalAlign align = columns.isEmpty() ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT;
            columns.add(new Column().header(heading).headerAlign(align).dataAlign(align));
        }
        Object[][] data = rows.stream()
                .map(row -> row.stream().map(PrintableText::oneLine).toArray())
                .toArray(Object[][]::new);
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns.toArray(Column[]::new), data);
    }
}
