package org.sqltune.inference.engine;

import java.util.function.IntPredicate;
import org.sqltune.core.SqlTuneException;

/**
 * What a request may take. Safe for use by several threads.
 *
 * @param context tokens that the model reads
 * @param fits whether so many tokens have room in the memory for keys and values
 */
record RequestRoom(int context, IntPredicate fits) {
    /** @throws SqlTuneException if a request can never be answered */
    void require(TextRequest request, int promptTokens) {
        int newTokens = request.settings().maxNewTokens();
        if (promptTokens == 0) {
            throw new SqlTuneException("The prompt has no tokens, and the model has no BOS token that stands before"
                    + " every prompt. Give a prompt that isn't empty");
        }
        if (promptTokens >= context) {
            throw new SqlTuneException("The prompt has " + promptTokens + " tokens, and the model reads " + context
                    + ": shorten the schema or the question");
        }
        if (!fits.test(promptTokens + newTokens)) {
            throw new SqlTuneException("A prompt of " + promptTokens + " tokens and " + newTokens
                    + " new ones don't fit the memory for keys and values: lower inference.max_new_tokens, or raise"
                    + " inference.kv_cache_bytes");
        }
    }
}
