package org.sqltune.postgres;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sqltune.core.example.Example;
import org.sqltune.postgres.proof.RejectReason;
import org.sqltune.postgres.proof.Verdict;

/**
 * The result of a conversion.
 *
 * @param examples the converted examples, in the order of the input
 * @param databases the copied databases
 */
public record ConversionResult(List<ConvertedExample> examples, List<ConvertedDatabase> databases) {
    public ConversionResult {
        examples = List.copyOf(examples);
        databases = List.copyOf(databases);
    }

    /** Returns the examples that returned the same rows in both databases. */
    public Stream<ConvertedExample> proved() {
        return examples.stream().filter(example -> example.verdict().isProved());
    }

    /** Returns the examples that aren't proved. */
    public Stream<ConvertedExample> rejected() {
        return examples.stream().filter(example -> !example.verdict().isProved());
    }

    /** Returns how many proved queries have more than one right result, of which SQLite chose one. */
    public long provedByFreeChoice() {
        return proved().filter(example -> example.verdict().freeChoice()).count();
    }

    /** Returns the number of rejected examples by reason. */
    public Map<RejectReason, Integer> reasons() {
        Map<RejectReason, Integer> reasons = new TreeMap<>();
        rejected().forEach(example -> {
            RejectReason reason = example.verdict().reason();
            if (reason != null) {
                reasons.merge(reason, 1, Integer::sum);
            }
        });
        return reasons;
    }

    /**
     * A database copied to PostgreSQL.
     *
     * @param databaseId the database's id
     * @param definition its DDL for PostgreSQL
     * @param schemaText the DDL for prompts, one statement per table
     * @param rows number of copied rows
     * @param widenedColumns columns, as {@code table.column}, whose values didn't fit the declared type
     * @param brokenKeys foreign keys left out because the data violates them
     */
    public record ConvertedDatabase(
            String databaseId,
            List<String> definition,
            String schemaText,
            long rows,
            List<String> widenedColumns,
            List<String> brokenKeys) {}

    /**
     * A converted example.
     *
     * @param original the example with SQLite's SQL
     * @param verdict PostgreSQL's SQL and whether it is proved
     */
    public record ConvertedExample(Example original, Verdict verdict) {}
}
