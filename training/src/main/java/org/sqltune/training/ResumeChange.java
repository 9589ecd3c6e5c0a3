package org.sqltune.training;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it was when a checkpoint was saved.
 *
 * @param key a key of the configuration, or the name of what was hashed
 * @param before its value in the checkpoint
 * @param now its value now
 * @param kind what must be allowed for the run to resume; null if the change does no harm
 */
public record ResumeChange(
        String key, String before, String now, @Nullable Kind kind) {
    /** The checkpoint's weights are those of an adapter or of the whole model: one can't become the other. */
    private static final String METHOD = "training.method";

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("lora.r", Kind.RANK),
            Map.entry("lora.rank_pattern", Kind.RANK),
            Map.entry("lora.lora_alpha", Kind.ALPHA),
            Map.entry("lora.alpha_pattern", Kind.ALPHA),
            Map.entry("lora.use_rslora", Kind.ALPHA),
            Map.entry("lora.target_modules", Kind.TARGETS),
            Map.entry("lora.use_dora", Kind.TARGETS),
            Map.entry("lora.init_lora_weights", Kind.TARGETS),
            Map.entry("model.quantization", Kind.BASE),
            Map.entry("training.seed", Kind.BATCH_ORDER),
            Map.entry("training.questions_per_prefix", Kind.BATCH_ORDER),
            Map.entry("training.examples_per_step", Kind.BATCH_ORDER),
            Map.entry("data.shuffle", Kind.BATCH_ORDER));

    private static final Set<String> RESHAPING_KEYS = Set.of("training.optim");

    /** Changes with which a run only resumes if it is told so by name. */
    public enum Kind {
        /** What is learned from: the tokens of the training or the validation set. */
        DATA,
        /** The base model: its files, and whether its weights are quantised. */
        BASE,
        /** What is trained: the adapted layers, DoRA, PiSSA. */
        TARGETS,
        /** The ranks of the adapter. */
        RANK,
        /** The scale of the adapter's updates. */
        ALPHA,
        /** Which examples make up which step: seed, shuffling, examples per step. */
        BATCH_ORDER,
        /** The element type of the arithmetic. */
        DTYPE;

        /** Returns the name on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A changed key of the configuration. */
    public static ResumeChange ofKey(String key, String before, String now) {
        return new ResumeChange(key, before, now, KINDS.get(key));
    }

    /** Whether the run may go on with this change. */
    public boolean isAllowed(Set<Kind> allowed) {
        return !key.equals(METHOD) && (kind == null || allowed.contains(kind));
    }

    /** Whether tensors of the checkpoint may have no counterpart any more. */
    public boolean reshapes() {
        return kind == Kind.RANK || kind == Kind.TARGETS || RESHAPING_KEYS.contains(key);
    }

    /** Returns the change in a line. */
    public String since(String checkpoint) {
        return "Since " + checkpoint + ", " + key + " changed from " + before + " to " + now;
    }

    /** Returns the change in a line, with the remedy. */
    public String refusal(String checkpoint) {
        return key + " was " + before + " in " + checkpoint + " and is " + now + " now: "
                + (kind == null
                        ? "set it back, or start a new run in another training.output_dir"
                        : "set it back, or resume all the same with --allow-changes " + kind);
    }
}
