package org.sqltune.workflow.verify;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.runtime.PromptForm;
import org.sqltune.model.generation.GenerationSettings;

/**
 * Answers of a file, compared with a model's own. After each token that the file chooses otherwise it is led on with the model's,
 * so that one difference counts once, and not for all that follows. Tokens are compared by the texts that they make.
 */
final class OtherAnswers {
    /** A file that differs more often answers otherwise, and each time the whole prompt is read again. */
    private static final int MOST_DIFFERENCES = 8;

    private static final char INCOMPLETE = '\uFFFD';

    private final AtomicReference<long[]> sent = new AtomicReference<>(new long[0]);
    private final @Nullable List<Long> beginning;

    /** @param beginning tokens that the runtime puts before a prompt; null if it doesn't matter how it reads prompts */
    OtherAnswers(@Nullable List<Long> beginning) {
        this.beginning = beginning;
    }

    /** How the runtime has to be opened for {@link #compare}: it is sent tokens, so that it can be led on. */
    PromptForm form() {
        return new PromptForm.Ids(request -> sent.get());
    }

    /** Asks a runtime what the model was asked. */
    VerifiedAnswer compare(OwnAnswer own, TextCompleter runtime) {
        Integer otherPromptToken = beginning == null
                ? null
                : firstDifference(own, beginning, runtime.tokens(own.request().prompt()));
        TextAnswer first = next(runtime, own, 0, own.request().settings().maxNewTokens());
        Count count = new Count();
        int known = follow(own, 0, first, count);
        int all = own.ids().length + (own.ended() ? 1 : 0);
        while (known < all && count.differences < MOST_DIFFERENCES) {
            known = follow(own, known, next(runtime, own, known, all - known), count);
        }
        Example example = own.example();
        return new VerifiedAnswer(
                example.id(),
                example.question(),
                own.prompt().length,
                otherPromptToken,
                own.text(),
                first.text(),
                count.tokens,
                count.same,
                count.first);
    }

    private static final class Count {
        private int tokens;
        private int same;
        private int differences;
        private @Nullable Integer first;

        void same(int number) {
            tokens += number;
            same += number;
        }

        void different(int place, int number) {
            tokens += number;
            differences++;
            if (first == null) {
                first = place;
            }
        }
    }

    /**
     * Counts the tokens that an answer goes on with as the model does, and the one that it doesn't.
     *
     * @param known tokens that the runtime was given
     * @return tokens that were compared
     */
    private static int follow(OwnAnswer own, int known, TextAnswer answer, Count count) {
        List<String> texts = own.texts();
        String whole = texts.get(known) + answer.text();
        int place = known;
        while (place < own.ids().length) {
            int next = place + 1;
            while (next < own.ids().length && endsInsideACharacter(texts.get(next))) {
                next++;
            }
            if (!begins(whole, texts.get(next))) {
                count.different(place, next - place);
                return next;
            }
            count.same(next - place);
            place = next;
        }
        if (own.ended()) {
            boolean ends = answer.end() == End.STOP
                    && whole.stripLeading().equals(own.text().stripLeading());
            if (ends) {
                count.same(1);
            } else {
                count.different(place, 1);
            }
            place++;
        }
        return place;
    }

    private static boolean endsInsideACharacter(String text) {
        return !text.isEmpty() && text.charAt(text.length() - 1) == INCOMPLETE;
    }

    private static boolean begins(String text, String beginning) {
        return text.stripLeading().startsWith(beginning.stripLeading());
    }

    /** What the runtime answers after the prompt and the first tokens of the model's answer. */
    private TextAnswer next(TextCompleter runtime, OwnAnswer own, int known, int limit) {
        long[] ids = Arrays.copyOf(own.prompt(), own.prompt().length + known);
        System.arraycopy(own.ids(), 0, ids, own.prompt().length, known);
        sent.set(ids);
        return runtime.submit(
                        TextRequest.of(own.request().prompt(), GenerationSettings.greedy(limit)), TextListener.NONE)
                .await();
    }

    private static @Nullable Integer firstDifference(OwnAnswer own, List<Long> beginning, long[] text) {
        long[] other = LongStream.concat(beginning.stream().mapToLong(Long::longValue), Arrays.stream(text))
                .toArray();
        int place = Arrays.mismatch(own.prompt(), other);
        return place < 0 ? null : place;
    }
}
