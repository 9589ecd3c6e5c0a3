package org.sqltune.cli.data;

import static org.sqltune.cli.data.DataUseCase.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.sqltune.cli.console.Tables;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.audit.Leakage;
import org.sqltune.data.audit.PartAudit;
import org.sqltune.workflow.data.AuditRemarks;

/**
 * An audit as tables, with the first findings of each kind below.
 *
 * @param report the audit
 * @param shown findings of each fault and part that are shown
 */
record AuditTable(AuditReport report, int shown) {
    String text() {
        List<String> blocks = new ArrayList<>(List.of(parts()));
        if (!report.leakage().isEmpty()) {
            blocks.add(leakage());
        }
        blocks.addAll(new AuditRemarks(report, shown).blocks());
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
}
