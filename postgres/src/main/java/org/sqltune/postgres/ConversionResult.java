package org.sqltune.postgres;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sqltune.postgres.proof.RejectReason;

/**
 * Examples converted.
 *
 * @param examples in the order in which they came
 * @param databases those that were copied
 */
public record ConversionResult(List<ConvertedExample> examples, List<ConvertedDatabase> databases) {
    public ConversionResult {
        examples = List.copyOf(examples);
        databases = List.copyOf(databases);
    }

    /** Returns those that returned the same rows. */
    public Stream<ConvertedExample> proved() {
        return examples.stream().filter(example -> example.verdict().isProved());
    }

    /** Returns the others. */
    public Stream<ConvertedExample> rejected() {
        return examples.stream().filter(example -> !example.verdict().isProved());
    }

    /** Returns how many are proved though SQLite might as well have returned something else. */
    public long provedByFreeChoice() {
        return proved().filter(example -> example.verdict().freeChoice()).count();
    }

    /** Returns how many were rejected why. */
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
}
