package org.sqltune.data.audit;

import java.util.List;

/**
 * The result of an audit.
 *
 * @param parts statistics of each part
 * @param findings rows with faults, by part and fault
 * @param leakage each held-out part compared with each training part
 * @param seconds wall-clock time, in seconds
 */
public record AuditReport(List<PartAudit> parts, List<Finding> findings, List<Leakage> leakage, double seconds) {
    public AuditReport {
        parts = List.copyOf(parts);
        findings = List.copyOf(findings);
        leakage = List.copyOf(leakage);
    }

    /** Returns the rows of a part that have a fault. */
    public List<Finding> findings(String part, Fault fault) {
        return findings.stream()
                .filter(finding -> finding.part().equals(part) && finding.fault() == fault)
                .toList();
    }

    /** Returns the number of rows whose query was run, in all parts. */
    public int executed() {
        return parts.stream().mapToInt(PartAudit::executed).sum();
    }

    /** Returns the number of rows that have a fault, in all parts. */
    public long count(Fault fault) {
        return findings.stream().filter(finding -> finding.fault() == fault).count();
    }
}
