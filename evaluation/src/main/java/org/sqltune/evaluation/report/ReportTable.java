package org.sqltune.evaluation.report;

import java.util.List;

/**
 * A table of texts, which a caller lays out.
 *
 * @param header the column headings
 * @param rows each as long as the header
 */
public record ReportTable(List<String> header, List<List<String>> rows) {
    public ReportTable {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("row " + row + " doesn't fit the header " + header);
            }
        }
    }
}
