package org.sqltune.model.tokenizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.model.config.DecoderConfig;

/**
 * Ids put around texts.
 *
 * @param bos put before a prompt; null if the model has none
 * @param eos ends a completion; null if the model has none
 * @param pad fills rows up; null if the model has none
 */
public record SpecialTokens(
        @Nullable Integer bos,
        @Nullable Integer eos,
        @Nullable Integer pad) {

    /**
     * Reads them from {@code tokenizer_config.json}, and from config.json what that file doesn't mention. A token that
     * is null there, or a BOS with {@code add_bos_token: false}, is none.
     */
    static SpecialTokens read(Vocabulary vocabulary, DecoderConfig config) {
        boolean withBos = vocabulary.settings().path("add_bos_token").asBoolean(true);
        return new SpecialTokens(
                withBos ? vocabulary.special("bos_token", config.bosTokenId()) : null,
                vocabulary.special("eos_token", config.eosTokenId()),
                vocabulary.special("pad_token", config.padTokenId()));
    }
}
