package org.sqltune.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * The tokens that end a model's answers: what {@code config.json} and {@code generation_config.json} name, and the tokenizer's
 * EOS, which training puts behind every completion.
 *
 * @param config the model's configuration
 * @param tokenizer its tokenizer
 */
record EndTokens(DecoderConfig config, Tokenizer tokenizer) {
    /** The ids, each of which stops generation. */
    Set<Integer> ids() {
        Set<Integer> ids = new TreeSet<>(config.tokens().eos());
        Integer eos = tokenizer.special().eos();
        if (eos != null) {
            ids.add(eos);
        }
        return ids;
    }

    /** Their texts, in the order of the ids. */
    List<String> texts() {
        return ids().stream().map(tokenizer::text).toList();
    }

    /** What a user should know where the files don't agree, in a line. */
    Optional<String> remark(Path folder) {
        Integer eos = tokenizer.special().eos();
        List<Integer> configured =
                ConfigFile.read(folder.resolve("config.json")).tokenIds("eos_token_id");
        if (ids().isEmpty()) {
            return Optional.of(
                    folder + " names no token that ends a text (eos_token in tokenizer_config.json, eos_token_id"
                            + " in config.json): every answer is as long as inference.max_new_tokens");
        }
        if (eos == null || configured.isEmpty() || configured.contains(eos)) {
            return Optional.empty();
        }
        return Optional.of(folder + ": tokenizer_config.json ends a text with " + named(eos)
                + ", config.json with "
                + String.join(", ", configured.stream().map(this::named).toList())
                + ": each of them ends an answer, and"
                + " training puts the tokenizer's behind a completion");
    }

    private String named(int id) {
        return tokenizer.text(id) + " (" + id + ")";
    }
}
