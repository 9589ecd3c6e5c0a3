package org.sqltune.model.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.EngineDefaults;

/** A model's tokenizer.json with its special tokens. Safe for use by several threads. */
public final class Tokenizer implements AutoCloseable {
    private static final Pattern LOST_TOKEN = Pattern.compile("Token `(.*)` out of vocabulary");
    private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

    private final HuggingFaceTokenizer tokenizer;
    private final SpecialTokens special;
    private final Path file;

    private Tokenizer(HuggingFaceTokenizer tokenizer, SpecialTokens special, Path file) {
        this.tokenizer = tokenizer;
        this.special = special;
        this.file = file;
    }

    /**
     * Loads {@code tokenizer.json} and {@code tokenizer_config.json} of a model folder.
     *
     * @throws SqlTuneException if there is no tokenizer.json, it can't be read, or it has tokens that the model's embedding
     *     hasn't
     */
    public static Tokenizer load(Path folder, DecoderConfig config) {
        Path file = folder.resolve("tokenizer.json");
        if (!Files.exists(file)) {
            throw new SqlTuneException(folder + " has no tokenizer.json. A tokenizer.model alone is not read;"
                    + " save the tokenizer again with transformers' AutoTokenizer");
        }
        // Before the native tokenizer, so that nothing native is left behind by a failure.
        Vocabulary vocabulary = Vocabulary.read(folder);
        vocabulary.requireWithin(config.vocabSize());
        SpecialTokens special = SpecialTokens.read(vocabulary, config);
        try {
            Map<String, String> options = Map.of("truncation", "false", "padding", "false");
            EngineDefaults.apply();
            return new Tokenizer(HuggingFaceTokenizer.newInstance(file, options), special, file);
        } catch (IOException | RuntimeException e) {
            throw new SqlTuneException(
                    file + " can't be read as a tokenizer: " + reason(e) + ". Download or save it again", e);
        }
    }

    /** The library's words are of Rust's types; what is left of them are a token's name and a place. */
    private static String reason(Exception e) {
        String message = String.valueOf(e.getMessage());
        Matcher token = LOST_TOKEN.matcher(message);
        if (token.find()) {
            return "a merge makes '" + PrintableText.clipped(token.group(1)) + "', which is no token of it";
        }
        Matcher place = PLACE.matcher(message);
        String where = place.find() ? ", up to line " + place.group(1) + ", column " + place.group(2) : "";
        return message.startsWith("Oniguruma error")
                ? "it has a wrong regular expression" + where
                : "it has a part that is missing or of no known form" + where;
    }

    private SqlTuneException untokenized(RuntimeException cause) {
        return new SqlTuneException(
                file
                        + ": a text can't be tokenised: it holds something that is no token, and the model's unk_token is none"
                        + " either. Check that the tokenizer is whole, or download it again",
                cause);
    }

    /** BOS, EOS and padding. */
    public SpecialTokens special() {
        return special;
    }

    /** The model's own chat template and the texts of its special tokens. */
    public ModelChat chat() {
        Path folder = file.toAbsolutePath().getParent();
        return ModelChat.read(folder == null ? Path.of("") : folder);
    }

    /** {@code tokenizer.json}: with the special tokens it decides what a text becomes. */
    public Path file() {
        return file;
    }

    /** Ids of a text, without special tokens around it. */
    public long[] encode(String text) {
        if (text.isEmpty()) {
            return new long[0];
        }
        // HuggingFaceTokenizer.encode also copies every token's text and place out, which takes most of its time.
        TokenizersLibrary library = TokenizersLibrary.LIB;
        try {
            long encoding = library.encode(tokenizer.getHandle(), text, false);
            try {
                return library.getTokenIds(encoding);
            } finally {
                library.deleteEncoding(encoding);
            }
        } catch (RuntimeException e) {
            throw untokenized(e);
        }
    }

    /**
     * Ids of a text without special tokens around it, with the place of each: the same ids as {@link #encode} gives.
     *
     * @return places in UTF-16 code units
     */
    public PlacedTokens encodePlaced(String text) {
        if (text.isEmpty()) {
            return new PlacedTokens(new long[0], new int[0], new int[0]);
        }
        TokenizersLibrary library = TokenizersLibrary.LIB;
        long encoding = library.encode(tokenizer.getHandle(), text, false);
        try {
            return PlacedTokens.of(text, library.getTokenIds(encoding), library.getTokenCharSpans(encoding));
        } finally {
            library.deleteEncoding(encoding);
        }
    }

    /** Ids of a prompt: BOS, where the model has one, and the text's. A BOS that the text itself begins with is not doubled. */
    public long[] encodePrompt(String prompt) {
        long[] ids = encode(prompt);
        Integer bos = special.bos();
        if (bos == null || (ids.length > 0 && ids[0] == bos)) {
            return ids;
        }
        long[] result = new long[ids.length + 1];
        result[0] = bos;
        System.arraycopy(ids, 0, result, 1, ids.length);
        return result;
    }

    /** Ids of a completion: the text's and EOS, where the model has one. */
    public long[] encodeCompletion(String completion) {
        long[] ids = encode(completion);
        Integer eos = special.eos();
        if (eos == null || (ids.length > 0 && ids[ids.length - 1] == eos)) {
            return ids;
        }
        long[] result = Arrays.copyOf(ids, ids.length + 1);
        result[ids.length] = eos;
        return result;
    }

    /** The text of one token, also of a special one. */
    public String text(int id) {
        return decode(new long[] {id}, false);
    }

    /** Text of some ids, special tokens left out. */
    public String decode(long[] ids) {
        return decode(ids, true);
    }

    private String decode(long[] ids, boolean withoutSpecialTokens) {
        try {
            return tokenizer.decode(ids, withoutSpecialTokens);
        } catch (RuntimeException e) {
            throw new SqlTuneException(
                    file + ": an answer's tokens can't be turned into text. Check that the tokenizer is whole, or"
                            + " download it again",
                    e);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
