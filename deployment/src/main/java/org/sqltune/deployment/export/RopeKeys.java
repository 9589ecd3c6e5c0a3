package org.sqltune.deployment.export;

import java.util.List;
import org.sqltune.deployment.gguf.GgufMetadata;
import org.sqltune.deployment.gguf.GgufTensor;
import org.sqltune.model.config.Rope;
import org.sqltune.model.config.RopeScaling;

/** The rotary position embedding as GGUF keeps it: keys, and tensors of numbers that frequencies are divided by. */
final class RopeKeys {
    private static final int YARN_FAST = 32;

    private final Family family;
    private final Rope rope;

    RopeKeys(Family family, Rope rope) {
        this.family = family;
        this.rope = rope;
    }

    /** Whether llama.cpp's program for the family computes it. */
    boolean computable() {
        RopeScaling scaling = rope.scaling();
        if (scaling instanceof RopeScaling.Yarn yarn) {
            return family == Family.LLAMA || isUsual(yarn);
        }
        boolean divided = scaling instanceof RopeScaling.LongRope || scaling instanceof RopeScaling.Llama3;
        return !divided || family.dividesFrequencies();
    }

    /** As llama.cpp computes YaRN without being told more. */
    private static boolean isUsual(RopeScaling.Yarn yarn) {
        double magnitude = 0.1 * Math.log(yarn.factor()) + 1;
        return Math.abs(yarn.magnitude() - magnitude) < 1e-6
                && yarn.fastTurns() == YARN_FAST
                && yarn.slowTurns() == 1
                && yarn.wholeIndices();
    }

    /** Dynamic scaling changes nothing within the context and needs no keys. */
    void putInto(GgufMetadata metadata) {
        String prefix = family.key() + ".rope.";
        metadata.put(prefix + "dimension_count", rope.dimension()).put(prefix + "freq_base", (float) rope.theta());
        RopeScaling scaling = rope.scaling();
        if (scaling instanceof RopeScaling.Linear linear) {
            metadata.put(prefix + "scaling.type", "linear").put(prefix + "scaling.factor", (float) linear.factor());
        } else if (scaling instanceof RopeScaling.LongRope longRope) {
            metadata.put(prefix + "scaling.type", "longrope")
                    .put(prefix + "scaling.original_context_length", longRope.originalPositions())
                    .put(prefix + "scaling.attn_factor", (float) longRope.magnitude());
        } else if (scaling instanceof RopeScaling.Yarn yarn && family == Family.LLAMA) {
            metadata.put(prefix + "scaling.attn_factor", (float) yarn.magnitude());
        } else if (scaling instanceof RopeScaling.Yarn yarn) {
            metadata.put(prefix + "scaling.type", "yarn")
                    .put(prefix + "scaling.factor", (float) yarn.factor())
                    .put(prefix + "scaling.original_context_length", yarn.originalPositions());
        }
    }

    /** The tensors of divisors; empty if frequencies need none. */
    List<GgufTensor> tensors() {
        RopeScaling scaling = rope.scaling();
        if (scaling instanceof RopeScaling.LongRope longRope) {
            return List.of(
                    divisors("rope_factors_long.weight", longRope.originalPositions() + 1),
                    divisors("rope_factors_short.weight", 1));
        }
        boolean yarn = scaling instanceof RopeScaling.Yarn && family == Family.LLAMA;
        return yarn || scaling instanceof RopeScaling.Llama3 ? List.of(divisors("rope_freqs.weight", 1)) : List.of();
    }

    private GgufTensor divisors(String name, int textLength) {
        float[] scaled = rope.frequencies(textLength);
        float[] plain = new RopeScaling.None().frequencies(rope.theta(), rope.dimension(), 1);
        return GgufTensor.vector(name, plain.length, (row, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = plain[i] / scaled[i];
            }
        });
    }
}
