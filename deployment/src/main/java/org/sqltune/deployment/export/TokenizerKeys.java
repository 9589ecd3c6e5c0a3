package org.sqltune.deployment.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.deployment.gguf.GgufMetadata;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.json.JsonObjects;
import org.sqltune.model.tokenizer.ModelChat;
import org.sqltune.model.tokenizer.SpecialTokens;

/**
 * A model's tokenizer as GGUF keeps it: byte-level BPE as {@code gpt2}, BPE over characters that falls back on bytes, which
 * Llama 2 has, as {@code llama}, SentencePiece's unigram model as {@code t5}.
 */
final class TokenizerKeys {
    /** How llama.cpp is told to cut texts that it can't cut as the model's own tokenizer does. */
    private static final String ANY = "default";

    /** What SentencePiece writes for a space. */
    private static final String SPACE = "\u2581";

    private final Path file;
    private final Path folder;
    private final DecoderConfig config;
    private final SpecialTokens special;
    private final JsonNode tokenizer;
    private final JsonNode model;
    private final Kind kind;

    /** @throws SqlTuneException if it is of a kind that GGUF can't keep */
    TokenizerKeys(Path folder, DecoderConfig config, SpecialTokens special) {
        this.folder = folder;
        this.file = folder.resolve("tokenizer.json");
        this.config = config;
        this.special = special;
        this.tokenizer = JsonObjects.read(file);
        this.model = tokenizer.path("model");
        this.kind = kind(model);
    }

    /** The kinds that llama.cpp has, by its names. */
    private enum Kind {
        GPT2("gpt2"),
        LLAMA("llama"),
        T5("t5");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

    private Kind kind(JsonNode model) {
        String type = model.path("type").asText("BPE");
        return switch (type) {
            case "BPE" -> model.path("byte_fallback").asBoolean() ? Kind.LLAMA : Kind.GPT2;
            case "Unigram" -> Kind.T5;
            default ->
                throw new SqlTuneException(
                        file + " is a " + type + " tokenizer, which isn't written as GGUF: BPE and Unigram are");
        };
    }

    /** Whether all of these are tokens. */
    boolean hasAll(List<String> wanted) {
        Set<String> texts = new HashSet<>();
        model.path("vocab").fieldNames().forEachRemaining(texts::add);
        model.path("vocab").forEach(piece -> texts.add(piece.path(0).asText()));
        tokenizer
                .path("added_tokens")
                .forEach(added -> texts.add(added.path("content").asText()));
        return texts.containsAll(wanted);
    }

    /** What llama.cpp calls its way to cut texts; empty if it has none like it. */
    Optional<String> preTokenizer() {
        return switch (kind) {
            case GPT2 -> PreTokenizers.nameOf(tokenizer.path("pre_tokenizer"));
            case LLAMA -> Optional.of(ANY);
            case T5 -> readsTextsAsTheyAre() ? Optional.of(ANY) : Optional.empty();
        };
    }

    /** Whether nothing happens to a text but that its spaces become ▁: of a unigram model, llama.cpp does this. */
    private boolean readsTextsAsTheyAre() {
        JsonNode normalizer = tokenizer.path("normalizer");
        boolean marksSpaces = normalizer.path("type").asText().equals("Replace")
                && normalizer.path("pattern").path("String").asText().equals(" ")
                && normalizer.path("content").asText().equals(SPACE);
        return marksSpaces && tokenizer.path("pre_tokenizer").path("type").isMissingNode();
    }

    /**
     * Puts vocabulary, special tokens and chat template.
     *
     * @param anyPreTokenizer whether a tokenizer that llama.cpp can't follow is written all the same, for callers that send
     *     tokens rather than texts
     * @throws SqlTuneException if llama.cpp can't follow it and that isn't allowed
     */
    void putInto(GgufMetadata metadata, boolean anyPreTokenizer) {
        String pre = preTokenizer()
                .or(() -> anyPreTokenizer ? Optional.of(ANY) : Optional.empty())
                .orElseThrow(() -> new SqlTuneException("The model's tokenizer cuts texts by a rule that llama.cpp"
                        + " doesn't have (pre_tokenizer in its tokenizer.json), so it would read prompts as other tokens than in training. Export with --token-ids, and"
                        + " ask with inference.engine_prompt=ids, which sends tokens"));
        metadata.put("tokenizer.ggml.model", kind.key).put("tokenizer.ggml.pre", pre);
        putVocabulary(metadata);
        putSpecialTokens(metadata);
        ModelChat chat = ModelChat.read(folder);
        String template = chat.template();
        if (template != null) {
            metadata.put("tokenizer.chat_template", template);
        }
    }

    private void putVocabulary(GgufMetadata metadata) {
        int size = config.vocabSize();
        @Nullable String[] texts = new String[size];
        int[] kinds = new int[size];
        JsonNode pieces = model.path("vocab");
        for (Map.Entry<String, JsonNode> each : pieces.properties()) {
            set(texts, kinds, each.getValue().asInt(), each.getKey(), kind(each.getKey()));
        }
        for (int id = 0; kind == Kind.T5 && id < pieces.size(); id++) {
            String text = pieces.path(id).path(0).asText();
            set(texts, kinds, id, text, id == model.path("unk_id").asInt(-1) ? TokenKind.UNKNOWN : kind(text));
        }
        for (JsonNode each : tokenizer.path("added_tokens")) {
            boolean control = each.path("special").asBoolean();
            String text = each.path("content").asText();
            set(
                    texts,
                    kinds,
                    each.path("id").asInt(),
                    control || kind == Kind.GPT2 ? text : text.replace(SPACE, " "),
                    control ? TokenKind.CONTROL : TokenKind.USER_DEFINED);
        }
        Integer eos = special.eos();
        if (eos != null) {
            // Its text alone doesn't tell llama.cpp that it ends an answer.
            kinds[eos] = TokenKind.CONTROL.code();
        }
        List<String> tokens = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            String text = texts[i];
            if (text == null) {
                kinds[i] = TokenKind.UNUSED.code();
            }
            tokens.add(text == null ? "[PAD" + i + "]" : text);
        }
        metadata.put("tokenizer.ggml.tokens", tokens).put("tokenizer.ggml.token_type", kinds);
        switch (kind) {
            case GPT2 -> metadata.put("tokenizer.ggml.merges", merges());
            case LLAMA -> metadata.put("tokenizer.ggml.scores", scores(tokens, merges()));
            case T5 -> metadata.put("tokenizer.ggml.scores", scores(tokens.size()));
        }
    }

    private void set(@Nullable String[] texts, int[] kinds, int id, String text, TokenKind kind) {
        if (id >= texts.length) {
            // The tokenizer was given tokens that the embedding has no rows for; no text with them can be read anyway.
            return;
        }
        texts[id] = text;
        kinds[id] = kind.code();
    }

    private TokenKind kind(String text) {
        if (kind != Kind.GPT2 && text.matches("<0x[0-9A-F]{2}>")) {
            return TokenKind.BYTE;
        }
        return text.equals(model.path("unk_token").asText()) ? TokenKind.UNKNOWN : TokenKind.NORMAL;
    }

    /** Pairs with a space between, the earliest first. */
    private List<String> merges() {
        List<String> merges = new ArrayList<>();
        for (JsonNode each : model.path("merges")) {
            merges.add(
                    each.isArray() ? each.path(0).asText() + " " + each.path(1).asText() : each.asText());
        }
        return merges;
    }

    /** llama.cpp joins the pair whose whole has the highest score; here, the pair that stands first among the merges. */
    private static float[] scores(List<String> tokens, List<String> merges) {
        Map<String, Integer> ranks = new HashMap<>();
        for (int i = 0; i < merges.size(); i++) {
            ranks.putIfAbsent(merges.get(i).replaceFirst(" ", ""), i);
        }
        float[] scores = new float[tokens.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = -ranks.getOrDefault(tokens.get(i), merges.size() + i);
        }
        return scores;
    }

    /** A unigram model's own: logarithms of frequencies. */
    private float[] scores(int size) {
        float[] scores = new float[size];
        for (int id = 0; id < Math.min(size, model.path("vocab").size()); id++) {
            scores[id] = (float) model.path("vocab").path(id).path(1).asDouble();
        }
        return scores;
    }

    private void putSpecialTokens(GgufMetadata metadata) {
        putId(metadata, "bos", special.bos());
        Integer eos = special.eos() != null ? special.eos() : config.eosTokenId();
        putId(metadata, "eos", eos);
        // Another one that ends an answer, as generation_config.json names it.
        config.tokens().eos().stream()
                .filter(id -> !id.equals(eos))
                .findFirst()
                .ifPresent(id -> putId(metadata, "eot", id));
        putId(metadata, "padding", special.pad());
        JsonNode unknown = model.path("vocab").path(model.path("unk_token").asText(""));
        JsonNode unknownId = kind == Kind.T5 ? model.path("unk_id") : unknown;
        putId(metadata, "unknown", unknownId.isInt() ? unknownId.asInt() : null);
        metadata.put("tokenizer.ggml.add_bos_token", special.bos() != null)
                .put("tokenizer.ggml.add_eos_token", false)
                .put("tokenizer.ggml.add_space_prefix", kind != Kind.GPT2 && addsSpace())
                .put("tokenizer.ggml.remove_extra_whitespaces", false);
    }

    private static void putId(GgufMetadata metadata, String name, @Nullable Integer id) {
        if (id != null) {
            metadata.put("tokenizer.ggml." + name + "_token_id", id);
        }
    }

    /** Whether a text gets a space in front. */
    private boolean addsSpace() {
        JsonNode before = tokenizer.path("pre_tokenizer");
        if (before.path("type").asText().equals("Metaspace")) {
            return !before.path("prepend_scheme").asText("always").equals("never");
        }
        JsonNode normalizer = tokenizer.path("normalizer");
        for (JsonNode each : normalizer.path("normalizers")) {
            if (each.path("type").asText().equals("Prepend")) {
                return true;
            }
        }
        return normalizer.path("type").asText().equals("Prepend");
    }
}
