package org.sqltune.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.sqltune.cli.console.Tables;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.audit.Finding;
import org.sqltune.data.audit.Leakage;
import org.sqltune.data.audit.PartAudit;

/** An audit as tables, with the first findings of each kind below. */
final class AuditTable {
    private static final int MOST_CHARS = 160;

    private final AuditReport report;
    private final int shown;

    /** @param shown findings of each fault and part that are shown */
    AuditTable(AuditReport report, int shown) {
        this.report = report;
        this.shown = shown;
    }

    String text() {
        List<String> blocks = new ArrayList<>();
        blocks.add(parts());
        if (!report.leakage().isEmpty()) {
            blocks.add(leakage());
        }
        report.parts().stream()
                .filter(part -> !part.withoutDatabase().isEmpty())
                .map(AuditTable::withoutDatabase)
                .forEach(blocks::add);
        for (PartAudit part : report.parts()) {
            for (Fault fault : Fault.values()) {
                List<Finding> findings = report.findings(part.name(), fault);
                if (!findings.isEmpty() && shown > 0) {
                    blocks.add(findings(part.name() + ": " + fault.description(), findings));
                }
            }
        }
        blocks.add(String.format(Locale.ROOT, "%.1f s", report.seconds()));
        return String.join("\n\n", blocks);
    }

    private String parts() {
        List<String> header = new ArrayList<>(List.of("Rows"));
        report.parts().forEach(part -> header.add(part.name()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("all", part -> part.examples()));
        rows.add(row("whose query was run", part -> part.executed()));
        for (Fault fault : Fault.values()) {
            rows.add(row(
                    fault.description(),
                    part -> report.findings(part.name(), fault).size()));
        }
        return Tables.draw(header, rows);
    }

    private List<String> row(String name, ToIntFunction<PartAudit> figure) {
        List<String> row = new ArrayList<>(List.of(name));
        report.parts().forEach(part -> row.add(String.format(Locale.ROOT, "%,d", figure.applyAsInt(part))));
        return row;
    }

    private String leakage() {
        List<List<String>> rows = report.leakage().stream()
                .map(each -> List.of(
                        each.heldOut() + " in " + each.train(),
                        each.by().description(),
                        String.format(Locale.ROOT, "%,d of %,d", each.rows(), each.of()),
                        String.format(Locale.ROOT, "%.1f %%", 100 * each.share())))
                .toList();
        String table = Tables.draw(List.of("Held-out rows", "with the same", "Rows", "Share"), rows);
        return report.leakage().stream()
                .filter(each -> each.by() == Leakage.By.ROW && each.rows() > 0)
                .map(each -> String.format(
                        Locale.ROOT,
                        "%s holds %,d of the %,d rows of %s: scores on these say nothing after training on them.",
                        each.train(),
                        each.rows(),
                        each.of(),
                        each.heldOut()))
                .reduce(table, (all, line) -> all + "\n" + line);
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
        StringBuilder text = new StringBuilder(heading + ":");
        findings.stream().limit(shown).forEach(finding -> {
            text.append("\n  ").append(finding.example().id());
            if (!finding.example().databaseId().isEmpty()) {
                text.append(" (").append(finding.example().databaseId()).append(')');
            }
            text.append(finding.detail().isEmpty() ? "" : ", " + finding.detail())
                    .append(": ")
                    .append(cut(finding.example().sql()));
        });
        if (findings.size() > shown) {
            text.append("\n  and ").append(findings.size() - shown).append(" more; --show or --output has them");
        }
        return text.toString();
    }

    private static String cut(String sql) {
        String line = sql.replaceAll("\\s+", " ");
        return line.length() <= MOST_CHARS ? line : line.substring(0, MOST_CHARS - 1) + "…";
    }
}
