package org.sqltune.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;

/**
 * Refuses a {@code tokenizer.json} that the native library wouldn't survive. That library aborts the process where a part
 * contradicts itself, and works for minutes where a part makes texts or patterns grow; neither can be caught from Java.
 * What is refused was tried: see {@code HostileTokenizersTest}. Limits lie far above what published tokenizers have.
 */
final class TokenizerCheck {
    private static final List<String> PARTS = List.of("normalizer", "pre_tokenizer", "post_processor", "decoder");

    private static final Set<String> LIMITED_APART = Set.of("Regex", "precompiled_charsmap");

    private static final int MOST_OBJECTS = 2_000;
    private static final int DEEPEST = 30;
    private static final int LONGEST_TEXT = 512;
    private static final int LONGEST_TOKEN = 10_000;
    private static final int MOST_ADDED = 500_000;
    /** How many times as long a text may become. */
    private static final double LARGEST_GROWTH = 64;

    private static final double LARGEST_SCORE = 1e9;

    private final Path file;
    private int objects;
    private double growth = 1;

    private TokenizerCheck(Path file) {
        this.file = file;
    }

    /** @throws SqlTuneException naming the part that is refused */
    static void check(Path file, JsonNode tokenizer) {
        for (String part : PARTS) {
            TokenizerCheck check = new TokenizerCheck(file);
            check.part(part, tokenizer.path(part), 0);
            check.require(
                    check.growth <= LARGEST_GROWTH,
                    part,
                    "makes texts more than " + (int) LARGEST_GROWTH + " times as long");
        }
        TokenizerCheck check = new TokenizerCheck(file);
        check.model(tokenizer.path("model"));
        check.addedTokens(tokenizer.path("added_tokens"));
    }

    private void part(String part, JsonNode node, int depth) {
        require(++objects <= MOST_OBJECTS, part, "has more than " + MOST_OBJECTS + " entries");
        require(depth <= DEEPEST, part, "is nested more than " + DEEPEST + " levels deep");
        if (node.isObject()) {
            object(part, node);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            entry(part, entry.getKey(), entry.getValue());
            if (!LIMITED_APART.contains(entry.getKey())) {
                part(part, entry.getValue(), depth + 1);
            }
        }
        if (node.isArray()) {
            node.forEach(each -> part(part, each, depth + 1));
        } else if (node.isTextual() && node.asText().length() > LONGEST_TEXT) {
            throw refused(part, "has a text of " + node.asText().length() + " characters, more than " + LONGEST_TEXT);
        }
    }

    private void entry(String part, String key, JsonNode value) {
        switch (key) {
            case "String" -> require(!value.isTextual() || !value.asText().isEmpty(), part, "has an empty pattern");
            case "length" ->
                require(
                        !value.isNumber() || value.asLong() >= 1,
                        part,
                        "has the length " + PrintableText.clipped(value.toString()));
            case "stop" -> require(!value.isNumber() || value.asLong() == 0, part, "cuts ends off ('stop' is not 0)");
            default -> {
                // Nothing else is known to do harm.
            }
        }
    }

    private void object(String part, JsonNode node) {
        JsonNode regex = node.path("Regex");
        if (regex.isTextual()) {
            String fault = PatternCheck.fault(regex.asText());
            require(fault == null, part, "has a regular expression that " + fault);
        }
        JsonNode charsMap = node.path("precompiled_charsmap");
        if (charsMap.isTextual()) {
            String fault = CharsMap.fault(charsMap.asText());
            require(fault == null, part, "has a precompiled_charsmap that " + fault);
        }
        JsonNode pattern = node.path("pattern").path("String");
        JsonNode content = node.path("content");
        if (node.has("pattern") && content.isTextual()) {
            int from = pattern.isTextual() ? Math.max(1, pattern.asText().length()) : 1;
            growth *= Math.max(1, (double) content.asText().length() / from);
        }
    }

    private void model(JsonNode model) {
        JsonNode prefix = model.path("continuing_subword_prefix");
        if (prefix.isTextual() && !prefix.asText().isEmpty()) {
            for (JsonNode merge : model.path("merges")) {
                String second = merge.isArray()
                        ? merge.path(1).asText()
                        : merge.asText().substring(merge.asText().indexOf(' ') + 1);
                require(
                        second.startsWith(prefix.asText()),
                        "model",
                        "has a merge of '" + PrintableText.clipped(second)
                                + "', which lacks the continuing_subword_prefix");
            }
        }
        if (model.path("vocab").isArray()) {
            for (JsonNode piece : model.path("vocab")) {
                require(
                        Math.abs(piece.path(1).asDouble()) <= LARGEST_SCORE,
                        "model",
                        "has the score " + PrintableText.clipped(piece.path(1).toString()));
            }
        }
    }

    private void addedTokens(JsonNode tokens) {
        require(tokens.size() <= MOST_ADDED, "added_tokens", "has more than " + MOST_ADDED + " entries");
        for (JsonNode token : tokens) {
            require(
                    token.path("content").asText().length() <= LONGEST_TOKEN,
                    "added_tokens",
                    "has a text of more than " + LONGEST_TOKEN + " characters");
        }
    }

    private void require(boolean fulfilled, String part, String fault) {
        if (!fulfilled) {
            throw refused(part, fault);
        }
    }

    private SqlTuneException refused(String part, String fault) {
        return new SqlTuneException(file + ": " + part + " " + fault
                + ", which the tokenizers library doesn't survive. Download or save the tokenizer again, from somebody"
                + " you trust");
    }
}
