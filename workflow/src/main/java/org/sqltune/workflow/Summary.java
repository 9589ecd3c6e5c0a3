package org.sqltune.workflow;

import java.util.List;
import org.sqltune.evaluation.report.ReportTable;

/**
 * What a result comes to, for a reader.
 *
 * @param tables first these
 * @param remarks then these, a sentence each
 */
public record Summary(List<ReportTable> tables, List<String> remarks) {
    public Summary {
        tables = List.copyOf(tables);
        remarks = List.copyOf(remarks);
    }
}
