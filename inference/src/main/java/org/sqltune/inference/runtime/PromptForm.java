package org.sqltune.inference.runtime;

import java.util.function.Function;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * What another runtime is sent: prompts as texts, which it cuts into tokens by itself, or as the tokens that the model's own
 * tokenizer makes of them.
 */
public sealed interface PromptForm {
    /** As texts. */
    record Text() implements PromptForm {}

    /**
     * As tokens.
     *
     * @param tokenizer gives a prompt's ids, those of special tokens included; called by several threads
     */
    record Ids(Function<TextRequest, long[]> tokenizer) implements PromptForm {
        /** As those of a model's own tokenizer; a chat template's prompt has its special tokens already. */
        public static Ids of(Tokenizer tokenizer) {
            return new Ids(request ->
                    request.chat() ? tokenizer.encode(request.prompt()) : tokenizer.encodePrompt(request.prompt()));
        }
    }
}
