package org.sqltune.training.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.text.Failures;
import org.sqltune.model.tokenizer.PlacedTokens;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * Turns prompts and completions into token ids and truncates long examples. Prompt and completion are tokenised
 * separately, a conversation as a whole.
 */
public final class ExampleTokenizer {
    private final Tokenizer tokenizer;
    private final int maxLength;

    /** @param maxLength largest number of tokens per example; longer examples lose their end */
    public ExampleTokenizer(Tokenizer tokenizer, int maxLength) {
        this.tokenizer = tokenizer;
        this.maxLength = maxLength;
    }

    /**
     * A tokenised data set.
     *
     * @param examples the examples that have at least one target token
     * @param truncation how many tokens and examples the length limit removed
     */
    public record Result(List<TokenizedExample> examples, Truncation truncation) {
        /** The result for an absent data set. */
        public static final Result EMPTY = new Result(List.of(), new Truncation(0, 0, 0, 0, 0, 0, 0));

        public Result {
            examples = List.copyOf(examples);
        }
    }

    /**
     * Tokenises a data set.
     *
     * @param name the set's name in error messages, for example {@code training}
     * @throws SqlTuneException if the set is empty, or no example has a target token within the length limit
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

    /** Adds everything that the result depends on, except the data, to a hash. */
    void identify(MessageDigest hash) {
        // Increase the leading number whenever the same texts give other ids or are truncated differently.
        String settings = "2 " + maxLength + " " + tokenizer.special().bos() + " "
                + tokenizer.special().eos() + " ";
        hash.update(settings.getBytes(StandardCharsets.UTF_8));
        try {
            hash.update(Files.readAllBytes(tokenizer.file()));
        } catch (IOException e) {
            throw new SqlTuneException(tokenizer.file() + " can't be read: " + Failures.reason(e), e);
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
     * Token ids of one example.
     *
     * @param example null if no target token is left
     * @param length tokens before truncation
     * @param lost tokens removed from the end
     */
    private record Encoded(@Nullable TokenizedExample example, int length, int lost) {}

    private Encoded encode(PromptCompletion each) {
        return each.isChat() ? encodeChat(each) : encodeTexts(each);
    }

    /** A chat template's text as a whole, whose special tokens are in it; a span's tokens are those that hold its ends. */
    private Encoded encodeChat(PromptCompletion each) {
        PlacedTokens tokens = tokenizer.encodePlaced(each.prompt() + each.completion());
        int length = tokens.ids().length;
        BitSet targets = new BitSet(length);
        for (PromptCompletion.Span span : each.learned()) {
            int first = tokens.tokenAt(each.prompt().length() + span.start());
            int last = tokens.tokenAt(each.prompt().length() + span.end() - 1);
            if (first >= 0) {
                targets.set(first, last < 0 ? length : last + 1);
            }
        }
        int kept = Math.min(length, maxLength);
        int start = targets.nextSetBit(0);
        if (start <= 0 || start >= kept) {
            return new Encoded(null, length, length - kept);
        }
        BitSet learned = targets.get(start, kept);
        return new Encoded(
                new TokenizedExample(
                        each.id(),
                        Arrays.copyOf(tokens.ids(), start),
                        Arrays.copyOfRange(tokens.ids(), start, kept),
                        learned.cardinality() == kept - start ? null : learned),
                length,
                length - kept);
    }

    private Encoded encodeTexts(PromptCompletion each) {
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
