package org.sqltune.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.report.TitleBlock;

/**
 * What a result comes to, for a reader.
 *
 * @param title first, what it is of; null for a result that is no report
 * @param tables then these
 * @param remarks then these, a sentence each
 */
public record Summary(@Nullable TitleBlock title, List<ReportTable> tables, List<String> remarks) {
    public Summary {
        tables = List.copyOf(tables);
        remarks = List.copyOf(remarks);
    }

    /** Creates a result that is no report. */
    public Summary(List<ReportTable> tables, List<String> remarks) {
        this(null, tables, remarks);
    }
}
