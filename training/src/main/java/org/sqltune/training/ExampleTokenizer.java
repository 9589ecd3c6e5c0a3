package org.sqltune.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        List<TokenizedExample> examples = new ArrayList<>(data.size());
        int shortened = 0;
        for (PromptCompletion each : data) {
            long[] prompt = tokenizer.encodePrompt(each.prompt());
            long[] completion = tokenizer.encodeCompletion(each.completion());
            int room = maxLength - prompt.length;
            if (prompt.length > 0 && completion.length > 0 && room > 0) {
                boolean tooLong = completion.length > room;
                shortened += tooLong ? 1 : 0;
                examples.add(new TokenizedExample(
                        each.id(), prompt, tooLong ? Arrays.copyOf(completion, room) : completion));
            }
        }
        if (examples.isEmpty()) {
            throw new SqlTuneException("None of the " + data.size() + " examples of the " + name
                    + " set has a token to learn within training.max_length " + maxLength
                    + ": raise it, or shorten the prompts");
        }
        return new Result(examples, shortened, data.size() - examples.size());
    }
}
