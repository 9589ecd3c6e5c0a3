package org.sqltune.training.estimate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Estimated peak memory of a process, by part.
 *
 * @param moment phase of the run in which the peak occurs
 * @param parts bytes of each part at the peak; has every part, 0 where one holds nothing
 */
public record MemoryEstimate(Moment moment, Map<MemoryPart, Long> parts) {
    public MemoryEstimate {
        Map<MemoryPart, Long> all = new EnumMap<>(MemoryPart.class);
        for (MemoryPart part : MemoryPart.values()) {
            all.put(part, parts.getOrDefault(part, 0L));
        }
        parts = Collections.unmodifiableMap(all);
    }

    /** Returns the bytes of one part. */
    public long of(MemoryPart part) {
        return parts.getOrDefault(part, 0L);
    }

    /** Returns the bytes of all parts: the process's expected largest resident set. */
    public long peak() {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Phases of a run in which memory may peak. */
    public enum Moment {
        /** While the weights are read. */
        LOADING("loading"),
        /** While the validation loss is computed. */
        EVALUATION("evaluation"),
        /** In the forward and backward pass. */
        BACKWARD("forward and backward pass"),
        /** While the optimizer changes the parameters. */
        OPTIMIZER_STEP("optimizer step"),
        /** While the result is written. */
        SAVING("saving");

        private final String title;

        Moment(String title) {
            this.title = title;
        }

        /** Returns a few words for tables. */
        public String title() {
            return title;
        }
    }
}
