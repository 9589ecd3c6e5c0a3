package org.sqltune.workflow.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.audit.Finding;
import org.sqltune.data.audit.PartAudit;

/**
 * The remarks below an audit's tables: missing databases, and the first findings of each fault.
 *
 * @param report the audit
 * @param shown the maximal number of findings per fault and part
 */
public record AuditRemarks(AuditReport report, int shown) {
    private static final int MOST_CHARS = 160;

    /** Returns blocks of lines; the last one has the duration of the audit. */
    public List<String> blocks() {
        List<String> blocks = new ArrayList<>();
        report.parts().stream()
                .filter(part -> !part.withoutDatabase().isEmpty())
                .forEach(part -> blocks.add(withoutDatabase(part)));
        for (PartAudit part : report.parts()) {
            for (Fault fault : Fault.values()) {
                List<Finding> findings = report.findings(part.name(), fault);
                if (!findings.isEmpty() && shown > 0) {
                    blocks.add(findings(part.name() + ": " + fault.description(), findings));
                }
            }
        }
        blocks.add(String.format(Locale.ROOT, "%.1f s", report.seconds()));
        return blocks;
    }

    private static String withoutDatabase(PartAudit part) {
        int rows = part.withoutDatabase().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        String names = part.withoutDatabase().entrySet().stream()
                .map(entry -> (entry.getKey().isEmpty() ? "no name" : entry.getKey()) + " (" + entry.getValue() + ")")
                .limit(10)
                .collect(Collectors.joining(", "));
        return part.name() + ": " + rows + " rows whose query wasn't run, since the database is missing: " + names
                + (part.withoutDatabase().size() > 10 ? ", …" : "");
    }

    private String findings(String heading, List<Finding> findings) {
        String lines = findings.stream().limit(shown).map(AuditRemarks::line).collect(Collectors.joining());
        int more = findings.size() - shown;
        return heading + ":" + lines + (more > 0 ? "\n  and " + more + " more; --show or --output has them" : "");
    }

    private static String line(Finding finding) {
        String database = finding.example().databaseId();
        String sql = finding.example().sql().replaceAll("\\s+", " ");
        return "\n  " + finding.example().id()
                + (database.isEmpty() ? "" : " (" + database + ")")
                + (finding.detail().isEmpty() ? "" : ", " + finding.detail())
                + ": " + (sql.length() <= MOST_CHARS ? sql : sql.substring(0, MOST_CHARS - 1) + "…");
    }
}
