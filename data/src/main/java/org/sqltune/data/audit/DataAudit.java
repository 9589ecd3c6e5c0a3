package org.sqltune.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.audit.GoldExecution.Outcome;
import org.sqltune.data.audit.GoldExecution.Query;

/**
 * Audits data sets: runs every gold query, checks its names against the prompt's schema, and finds duplicate rows and
 * held-out rows among training rows.
 */
public final class DataAudit {
    private final @Nullable QueryDatabases databases;
    private final QueryLimits limits;
    private final int threads;

    /**
     * @param databases the databases for running queries; null to run none
     * @param limits the limits of each query
     * @param threads number of databases queried in parallel
     */
    public DataAudit(@Nullable QueryDatabases databases, QueryLimits limits, int threads) {
        this.databases = databases;
        this.limits = limits;
        this.threads = threads;
    }

    /**
     * Audits the parts.
     *
     * @param parts the parts of one data set, or of several to compare
     * @param progress receives the number of queries run
     */
    public AuditReport audit(List<AuditPart> parts, ProgressListener progress) {
        long start = System.nanoTime();
        Map<Query, Outcome> outcomes = execute(parts, progress);
        List<PartAudit> figures = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Leakage> leakage = new ArrayList<>();
        for (AuditPart part : parts) {
            figures.add(executions(part, outcomes, findings));
            ColumnSearch.in(part, findings);
            DuplicateSearch.in(part, findings);
            for (AuditPart train : parts) {
                if (part.heldOut() && !train.heldOut()) {
                    leakage.addAll(LeakageSearch.between(train, part, findings));
                }
            }
        }
        return new AuditReport(figures, findings, leakage, (System.nanoTime() - start) / 1e9);
    }

    private Map<Query, Outcome> execute(List<AuditPart> parts, ProgressListener progress) {
        if (databases == null) {
            return Map.of();
        }
        List<Example> named = parts.stream()
                .flatMap(part -> part.examples().stream())
                .filter(example -> databases.has(example.databaseId()))
                .toList();
        return new GoldExecution(databases, limits, threads).run(named, progress);
    }

    private static PartAudit executions(AuditPart part, Map<Query, Outcome> outcomes, List<Finding> findings) {
        SortedMap<String, Integer> missing = new TreeMap<>();
        List<Finding> failing = new ArrayList<>();
        List<Finding> empty = new ArrayList<>();
        int executed = 0;
        for (Example example : part.examples()) {
            Outcome outcome = outcomes.get(Query.of(example));
            if (outcome instanceof Outcome.Ran ran) {
                executed++;
                if (ran.empty()) {
                    empty.add(new Finding(Fault.EMPTY, part.name(), example, ""));
                }
            } else if (outcome instanceof Outcome.Failed failed) {
                executed++;
                failing.add(new Finding(Fault.FAILING, part.name(), example, failed.message()));
            } else {
                missing.merge(example.databaseId(), 1, Integer::sum);
            }
        }
        findings.addAll(failing);
        findings.addAll(empty);
        return new PartAudit(part.name(), part.examples().size(), executed, missing);
    }
}
