package org.sqltune.inference.engine;

import java.util.function.BiPredicate;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.generation.GenerationSettings;

/**
 * What a request may take. Safe for use by several threads.
 *
 * @param context tokens that the model reads
 * @param fits whether a prompt of so many tokens has room in the memory for keys and values, with all that may follow
 */
record RequestRoom(int context, BiPredicate<Integer, GenerationSettings> fits) {
    /** @throws SqlTuneException if a request can never be answered */
    void require(TextRequest request, int promptTokens) {
        if (promptTokens == 0) {
            throw new SqlTuneException("The prompt has no tokens, and the model has no BOS token that stands before"
                    + " every prompt. Give a prompt that isn't empty");
        }
        if (promptTokens >= context) {
            throw new PromptTooLongException(promptTokens, context);
        }
        if (!fits.test(promptTokens, request.settings())) {
            throw new SqlTuneException("A prompt of " + promptTokens + " tokens and "
                    + request.settings().maxNewTokens()
                    + " new ones don't fit the memory for keys and values: lower inference.max_new_tokens, or raise"
                    + " inference.kv_cache_bytes");
        }
    }
}
