package org.sqltune.cli.data;

import static org.sqltune.cli.data.DataUseCase.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.sqltune.cli.console.Tables;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.audit.Finding;
import org.sqltune.data.audit.Leakage;
import org.sqltune.data.audit.PartAudit;

/**
 * An audit as tables, with the first findings of each kind below.
 *
 * @param report the audit
 * @param shown findings of each fault and part that are shown
 */
record AuditTable(AuditReport report, int shown) {
    private static final int MOST_CHARS = 160;

    String text() {
        List<String> blocks = new ArrayList<>(List.of(parts()));
        if (!report.leakage().isEmpty()) {
            blocks.add(leakage());
        }
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
        return String.join("\n\n", blocks);
    }

    private String parts() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("all", PartAudit::examples));
        rows.add(row("whose query was run", PartAudit::executed));
        for (Fault fault : Fault.values()) {
            rows.add(row(fault.description(), part -> count(part, fault)));
        }
        List<String> header = new ArrayList<>(List.of("Rows"));
        report.parts().forEach(part -> header.add(part.name()));
        return Tables.draw(header, rows);
    }

    private int count(PartAudit part, Fault fault) {
        return report.findings(part.name(), fault).size();
    }

    private List<String> row(String name, ToIntFunction<PartAudit> figure) {
        List<String> row = new ArrayList<>(List.of(name));
        report.parts().forEach(part -> row.add(format("%,d", figure.applyAsInt(part))));
        return row;
    }

    private String leakage() {
        StringBuilder text = new StringBuilder(Tables.draw(
                List.of("Held-out rows", "with the same", "Rows", "Share"),
                report.leakage().stream()
                        .map(each -> List.of(
                                each.heldOut() + " in " + each.train(),
                                each.by().description(),
                                format("%,d of %,d", each.rows(), each.of()),
                                format("%.1f %%", 100 * each.share())))
                        .toList()));
        report.leakage().stream()
                .filter(each -> each.by() == Leakage.By.ROW && each.rows() > 0)
                .forEach(each -> text.append(format(
                        "\n%s holds %,d of the %,d rows of %s: scores on these say nothing after training on them.",
                        each.train(), each.rows(), each.of(), each.heldOut())));
        return text.toString();
    }

    private static String withoutDatabase(PartAudit part) {
        int rows = part.withoutDatabase().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        String names = part.withoutDatabase().entrySet().stream()
                .map(entry -> (entry.getKey().isEmpty() ? "no name" : entry.getKey()) + " (" + entry.getValue() + ")")
                .limit(10)
                .collect(Collectors.joining(", "));
        return part.name() + ": " + rows + " rows whose query wasn't run, for want of a database: " + names
                + (part.withoutDatabase().size() > 10 ? ", …" : "");
    }

    private String findings(String heading, List<Finding> findings) {
        String lines = findings.stream().limit(shown).map(AuditTable::line).collect(Collectors.joining());
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
