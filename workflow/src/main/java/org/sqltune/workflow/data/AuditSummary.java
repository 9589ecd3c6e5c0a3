package org.sqltune.workflow.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.audit.Finding;
import org.sqltune.data.audit.Leakage;
import org.sqltune.data.audit.PartAudit;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.Summary;

/**
 * An audit for a reader: its figures as tables, and below them missing databases and the first findings of each fault.
 *
 * @param report the audit
 * @param shown the maximal number of findings per fault and part
 */
public record AuditSummary(AuditReport report, int shown) {
    private static final int MOST_CHARS = 160;

    /** Returns tables and remarks; the last remark has the duration of the audit. */
    public Summary summary() {
        List<ReportTable> tables = new ArrayList<>(List.of(parts()));
        if (!report.leakage().isEmpty()) {
            tables.add(leakage());
        }
        return new Summary(tables, blocks());
    }

    private ReportTable parts() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("all", PartAudit::examples));
        rows.add(row("whose query was run", PartAudit::executed));
        for (Fault fault : Fault.values()) {
            rows.add(row(fault.description(), part -> count(part, fault)));
        }
        List<String> header = new ArrayList<>(List.of("Rows"));
        report.parts().forEach(part -> header.add(part.name()));
        return new ReportTable(header, rows);
    }

    private int count(PartAudit part, Fault fault) {
        return report.findings(part.name(), fault).size();
    }

    private List<String> row(String name, ToIntFunction<PartAudit> figure) {
        List<String> row = new ArrayList<>(List.of(name));
        report.parts().forEach(part -> row.add(format("%,d", figure.applyAsInt(part))));
        return row;
    }

    private ReportTable leakage() {
        return new ReportTable(
                List.of("Held-out rows", "with the same", "Rows", "Share"),
                report.leakage().stream()
                        .map(each -> List.of(
                                each.heldOut() + " in " + each.train(),
                                each.by().description(),
                                format("%,d of %,d", each.rows(), each.of()),
                                format("%.1f %%", 100 * each.share())))
                        .toList());
    }

    private List<String> blocks() {
        List<String> blocks = new ArrayList<>();
        report.leakage().stream()
                .filter(each -> each.by() == Leakage.By.ROW && each.rows() > 0)
                .forEach(each -> blocks.add(format(
                        "%s holds %,d of the %,d rows of %s: scores on these say nothing after training on them.",
                        each.train(), each.rows(), each.of(), each.heldOut())));
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
        blocks.add(format("%.1f s", report.seconds()));
        return blocks;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
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
        String lines = findings.stream().limit(shown).map(AuditSummary::line).collect(Collectors.joining());
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
