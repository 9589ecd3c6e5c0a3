package org.sqltune.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.report.TitleBlock;

/**
 * A summary of a result for a reader.
 *
 * @param title the title block; null if the result isn't a report
 * @param tables the tables
 * @param remarks remarks, one sentence each
 */
public record Summary(@Nullable TitleBlock title, List<ReportTable> tables, List<String> remarks) {
    public Summary {
        tables = List.copyOf(tables);
        remarks = List.copyOf(remarks);
    }

    /** Creates a summary without a title block. */
    public Summary(List<ReportTable> tables, List<String> remarks) {
        this(null, tables, remarks);
    }
}
