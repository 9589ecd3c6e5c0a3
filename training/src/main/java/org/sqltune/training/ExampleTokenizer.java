package org.sqltune.training;

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
     * @param shortened how many of them lost the end of their completion
     * @param dropped how many had no token to learn left, and are not among the examples
     */
    public record Result(List<TokenizedExample> examples, int shortened, int dropped) {
        /** Of no data. */
        public static final Result EMPTY = new Result(List.of(), 0, 0);

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
        int shortened = (int) encoded.stream().filter(Encoded::shortened).count();
        if (examples.isEmpty()) {
            throw new SqlTuneException("None of the " + data.size() + " examples of the " + name
                    + " set has a token to learn within training.max_length " + maxLength
                    + ": raise it, or shorten the prompts");
        }
        return new Result(examples, shortened, data.size() - examples.size());
    }

    /**
     * One example's ids.
     *
     * @param example null if no token to learn is left
     */
    private record Encoded(@Nullable TokenizedExample example, boolean shortened) {}

    private Encoded encode(PromptCompletion each) {
        long[] prompt = tokenizer.encodePrompt(each.prompt());
        long[] completion = tokenizer.encodeCompletion(each.completion());
        int room = maxLength - prompt.length;
        if (prompt.length == 0 || completion.length == 0 || room <= 0) {
            return new Encoded(null, false);
        }
        boolean tooLong = completion.length > room;
        long[] kept = tooLong ? Arrays.copyOf(completion, room) : completion;
        return new Encoded(new TokenizedExample(each.id(), prompt, kept), tooLong);
    }
}
