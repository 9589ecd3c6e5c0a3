package org.sqltune.workflow.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.sqltune.deployment.gguf.GgufFileType;

/**
 * What a file has to reach.
 *
 * @param allAnswers whether every answer has to be the model's
 * @param leastTokens the least share of tokens that have to be the model's, from 0 to 1
 */
public record VerifyLimits(boolean allAnswers, double leastTokens) {
    private static final VerifyLimits EIGHT_BITS = new VerifyLimits(false, 0.99);

    /** Says nothing about the quality of a coarse type, but no file of another model reaches it. */
    private static final VerifyLimits FEWER_BITS = new VerifyLimits(false, 0.5);

    /** The limits of a type; empty for one that SqlTune doesn't write. */
    static VerifyLimits of(Optional<GgufFileType> type) {
        if (type.isEmpty()) {
            return FEWER_BITS;
        }
        return switch (type.get()) {
            case F32, F16, BF16 -> new VerifyLimits(true, 0);
            case Q8_0 -> EIGHT_BITS;
            case Q6_K, Q5_K_M, Q5_0, Q4_K_M, Q4_0 -> FEWER_BITS;
        };
    }

    /** The type that a file's keys name. */
    static Optional<GgufFileType> type(Map<String, Object> metadata) {
        return Arrays.stream(GgufFileType.values())
                .filter(each -> Long.valueOf(each.code()).equals(metadata.get("general.file_type")))
                .findFirst();
    }
}
