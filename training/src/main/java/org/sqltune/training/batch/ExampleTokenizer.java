package org.sqltune.training.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.model.tokenizer.Tokenizer;

/** Turns prompts and completions into ids, each text tokenised whole and by itself, and cuts what is too long. */
public final class ExampleTokenizer {
    private final Tokenizer tokenizer;
    private final int maxLength;

    /** @param maxLength tokens an example may have; longer ones lose their end */
    public ExampleTokenizer(Tokenizer tokenizer, int maxLength) {
        this.tokenizer = tokenizer;
        this.maxLength = maxLength;
    }

    /**
     * What became of a data set.
     *
     * @param examples those with something to learn
     * @param truncation what was cut off and left out
     */
    public record Result(List<TokenizedExample> examples, Truncation truncation) {
        /** Of no data. */
        public static final Result EMPTY = new Result(List.of(), new Truncation(0, 0, 0, 0, 0, 0, 0));

        public Result {
            examples = List.copyOf(examples);
        }
    }

    /**
     * Tokenises a data set.
     *
     * @param name what to call it in an error
     * @throws SqlTuneException if it is empty, or nothing is left to learn in any of its examples
     */
    public Result tokenize(String name, List<PromptCompletion> data) {
        if (data.isEmpty()) {
            throw new SqlTuneException("The " + name + " set is empty. Check the data section of the configuration");
        }
        List<Encoded> encoded = data.parallelStream().map(this::encode).toList();
        List<TokenizedExample> examples =
                encoded.stream().map(Encoded::example).filter(Objects::nonNull).toList();
        if (examples.isEmpty()) {
            throw new SqlTuneException("None of the " + data.size() + " examples of the " + name
                    + " set has a token to learn within training.max_length " + maxLength
                    + ": raise it, or shorten the prompts");
        }
        return new Result(examples, truncation(encoded));
    }

    /** Adds to a hash what the result depends on besides the data. */
    void identify(MessageDigest hash) {
        // Raise the number whenever the same texts become other ids or are cut otherwise.
        String settings = "1 " + maxLength + " " + tokenizer.special().bos() + " "
                + tokenizer.special().eos() + " ";
        hash.update(settings.getBytes(StandardCharsets.UTF_8));
        try {
            hash.update(Files.readAllBytes(tokenizer.file()));
        } catch (IOException e) {
            throw new SqlTuneException(tokenizer.file() + " can't be read any more: " + e.getMessage(), e);
        }
    }

    private Truncation truncation(List<Encoded> encoded) {
        List<Encoded> shortened = encoded.stream()
                .filter(each -> each.example() != null && each.lost() > 0)
                .toList();
        return new Truncation(
                encoded.size(),
                maxLength,
                shortened.size(),
                shortened.stream().mapToLong(Encoded::lost).sum(),
                shortened.stream().mapToInt(Encoded::lost).max().orElse(0),
                (int) encoded.stream().filter(each -> each.example() == null).count(),
                encoded.stream().mapToInt(Encoded::length).max().orElse(0));
    }

    /**
     * One example's ids.
     *
     * @param example null if no token to learn is left
     * @param length tokens it had before it was cut
     * @param lost tokens cut off its end
     */
    private record Encoded(@Nullable TokenizedExample example, int length, int lost) {}

    private Encoded encode(PromptCompletion each) {
        long[] prompt = tokenizer.encodePrompt(each.prompt());
        long[] completion = tokenizer.encodeCompletion(each.completion());
        int length = prompt.length + completion.length;
        int room = maxLength - prompt.length;
        if (prompt.length == 0 || completion.length == 0 || room <= 0) {
            return new Encoded(null, length, Math.max(0, length - maxLength));
        }
        int lost = Math.max(0, completion.length - room);
        long[] kept = lost > 0 ? Arrays.copyOf(completion, room) : completion;
        return new Encoded(new TokenizedExample(each.id(), prompt, kept), length, lost);
    }
}
