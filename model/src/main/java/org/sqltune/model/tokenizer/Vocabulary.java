package org.sqltune.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;
import org.sqltune.model.json.JsonObjects;

/** The tokens of a tokenizer's files, by their text. */
final class Vocabulary {
    private static final Logger log = LoggerFactory.getLogger(Vocabulary.class);

    private final Path file;
    private final Path settingsFile;
    private final JsonNode settings;
    private final Map<String, Integer> ids = new HashMap<>();
    private String lastPiece = "";
    private int largestPiece = -1;
    private String lastAdded = "";
    private int largestAdded = -1;

    private Vocabulary(Path folder) {
        this.file = folder.resolve("tokenizer.json");
        this.settingsFile = folder.resolve("tokenizer_config.json");
        this.settings = Files.exists(settingsFile) ? JsonObjects.read(settingsFile) : MissingNode.getInstance();
    }

    /**
     * Reads {@code tokenizer.json} and, where there is one, {@code tokenizer_config.json}.
     *
     * @throws SqlTuneException if one is damaged
     */
    static Vocabulary read(Path folder) {
        Vocabulary vocabulary = new Vocabulary(folder);
        vocabulary
                .settings
                .path("added_tokens_decoder")
                .properties()
                .forEach(entry -> vocabulary.ids.put(
                        entry.getValue().path("content").asText(), vocabulary.settingsId(entry.getKey())));
        JsonNode tokenizer = JsonObjects.readStrictly(vocabulary.file);
        TokenizerCheck.check(vocabulary.file, tokenizer);
        vocabulary.readTokens(tokenizer);
        return vocabulary;
    }

    private void readTokens(JsonNode tokenizer) {
        JsonNode pieces = tokenizer.path("model").path("vocab");
        if (pieces.isObject()) {
            pieces.properties().forEach(entry -> addPiece(entry.getKey(), id(entry.getKey(), entry.getValue())));
        } else if (pieces.isArray()) {
            // Unigram: pairs of a piece and its score, in the order of their ids.
            for (int id = 0; id < pieces.size(); id++) {
                addPiece(pieces.path(id).path(0).asText(), id);
            }
        }
        tokenizer
                .path("added_tokens")
                .forEach(token -> addAdded(token.path("content").asText(), token.path("id")));
    }

    private int id(String text, JsonNode id) {
        if (!id.isInt() || id.asInt() < 0) {
            throw new SqlTuneException(file + ": token '" + PrintableText.clipped(text) + "' has id " + id
                    + ", which is no whole number from 0. Download or save the tokenizer again");
        }
        return id.asInt();
    }

    private void addPiece(String text, int id) {
        ids.put(text, id);
        if (id > largestPiece) {
            largestPiece = id;
            lastPiece = text;
        }
    }

    private void addAdded(String text, JsonNode node) {
        int id = id(text, node);
        ids.put(text, id);
        if (id > largestAdded) {
            largestAdded = id;
            lastAdded = text;
        }
    }

    private int settingsId(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SqlTuneException(
                    settingsFile + ": added_tokens_decoder names the id '" + PrintableText.clipped(text)
                            + "', which is no whole number. Download or save the tokenizer again",
                    e);
        }
    }

    /**
     * Every piece must have a row of the embedding. A model may have more rows than there are tokens: many are padded. And
     * it may lack rows of tokens that somebody added to the tokenizer, such as one for padding: that is told, and refused
     * only where a text contains one.
     *
     * @param vocabSize rows of the embedding
     * @throws SqlTuneException if a piece has none
     */
    void requireWithin(int vocabSize) {
        if (largestPiece >= vocabSize) {
            throw new SqlTuneException(
                    beyond(lastPiece, largestPiece, vocabSize) + ": tokenizer and model don't belong together."
                            + " Take both from one model, or enlarge its embedding in Python: "
                            + resizing(largestPiece));
        }
        if (largestAdded >= vocabSize) {
            log.warn(
                    "{}: a text with such a token is refused. Enlarge the embedding in Python: {}",
                    beyond(lastAdded, largestAdded, vocabSize),
                    resizing(largestAdded));
        }
    }

    private String beyond(String token, int id, int vocabSize) {
        return file + ": token '" + PrintableText.clipped(token) + "' has id " + id
                + ", but vocab_size in config.json is " + vocabSize;
    }

    private static String resizing(int largestId) {
        return "model.resize_token_embeddings(" + (largestId + 1L) + ")";
    }

    /** What {@code tokenizer_config.json} says; missing if there is none. */
    JsonNode settings() {
        return settings;
    }

    /** The id that a special token's entry means: its text, or an object that says how it is matched. */
    @Nullable
    Integer special(String key, @Nullable Integer fallback) {
        JsonNode node = settings.path(key);
        if (node.isMissingNode()) {
            return fallback;
        }
        if (node.isNull()) {
            return null;
        }
        String text = node.isObject() ? node.path("content").asText() : node.asText();
        Integer id = ids.get(text);
        if (id == null) {
            throw new SqlTuneException(settingsFile + ": " + key + " '" + PrintableText.clipped(text)
                    + "' is not a token of tokenizer.json. Check that both files belong together");
        }
        return id;
    }
}
