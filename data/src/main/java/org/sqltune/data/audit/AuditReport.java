package org.sqltune.data.audit;

import java.util.List;

/**
 * What an audit found.
 *
 * @param parts figures of each part
 * @param findings rows with faults: part by part, fault by fault
 * @param leakage each held-out part against each part that is trained on
 * @param seconds wall-clock time it took
 */
public record AuditReport(List<PartAudit> parts, List<Finding> findings, List<Leakage> leakage, double seconds) {
    public AuditReport {
        parts = List.copyOf(parts);
        findings = List.copyOf(findings);
        leakage = List.copyOf(leakage);
    }

    /** Rows of a part that have a fault. */
    public List<Finding> findings(String part, Fault fault) {
        return findings.stream()
                .filter(finding -> finding.part().equals(part) && finding.fault() == fault)
                .toList();
    }

    /** Rows whose query was run, in all parts. */
    public int executed() {
        return parts.stream().mapToInt(PartAudit::executed).sum();
    }

    /** Rows that have a fault, in all parts. */
    public long count(Fault fault) {
        return findings.stream().filter(finding -> finding.fault() == fault).count();
    }
}
