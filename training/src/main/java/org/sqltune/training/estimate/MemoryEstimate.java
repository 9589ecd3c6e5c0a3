package org.sqltune.training.estimate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The most memory a process will hold at once, by part.
 *
 * @param moment when that is
 * @param parts bytes of each part then; parts that hold nothing are 0
 */
public record MemoryEstimate(Moment moment, Map<MemoryPart, Long> parts) {
    public MemoryEstimate {
        Map<MemoryPart, Long> all = new EnumMap<>(MemoryPart.class);
        for (MemoryPart part : MemoryPart.values()) {
            all.put(part, parts.getOrDefault(part, 0L));
        }
        parts = Collections.unmodifiableMap(all);
    }

    /** Bytes of one part. */
    public long of(MemoryPart part) {
        return parts.getOrDefault(part, 0L);
    }

    /** Bytes in all: what the kernel will call the process's largest resident set. */
    public long peak() {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** When a run may need the most memory. */
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

        /** A few words for tables. */
        public String title() {
            return title;
        }
    }
}
