package org.sqltune.workflow.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;
import org.sqltune.inference.runtime.PromptForm;
import org.sqltune.model.generation.GenerationSettings;

/** What counts as a difference. The runtime's tokens are letters, and it writes its own word on from any place. */
class OtherAnswersTest {
    private static final int LIMIT = 30;

    private final OtherAnswers others = new OtherAnswers(List.of(7L));

    /** Goes on with the letters of a word after as many tokens as it was given; ends after the word. */
    private final class Word implements TextCompleter {
        private final String word;
        private final long[] prompt;
        private final List<Integer> given = new ArrayList<>();

        Word(String word, long... prompt) {
            this.word = word;
            this.prompt = prompt;
        }

        @Override
        public TextTicket submit(TextRequest request, TextListener listener) {
            PromptForm.Ids form = (PromptForm.Ids) others.form();
            int known = form.tokenizer().apply(request).length - 2;
            given.add(known);
            int limit = request.settings().maxNewTokens();
            String text = word.substring(Math.min(known, word.length()), Math.min(known + limit, word.length()));
            TextTicket ticket = new TextTicket(() -> {});
            End end = text.length() >= limit ? End.LENGTH : End.STOP;
            ticket.complete(new TextAnswer(text, end, 0, 0, text.length(), 0, 0, 0));
            return ticket;
        }

        @Override
        public long[] tokens(String text) {
            return prompt;
        }

        @Override
        public Set<String> adapters() {
            return Set.of();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** Each token is one letter. */
    private static OwnAnswer own(String text, boolean ended) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i <= text.length(); i++) {
            texts.add(text.substring(0, i));
        }
        return own(texts, ended);
    }

    private static OwnAnswer own(List<String> texts, boolean ended) {
        Example example = new Example("q", "", "?", new VerbatimSchema(""), "SELECT 1");
        TextRequest request = TextRequest.of("?", GenerationSettings.greedy(LIMIT));
        return new OwnAnswer(example, request, new long[] {7, 8}, new long[texts.size() - 1], texts, ended);
    }

    @Test
    void theSameTextHasNoDifferences() {
        Word runtime = new Word("SELECT", 8);
        VerifiedAnswer answer = others.compare(own("SELECT", true), runtime);
        assertThat(answer.same()).isTrue();
        assertThat(answer.tokens()).isEqualTo(7);
        assertThat(answer.sameTokens()).isEqualTo(7);
        assertThat(answer.firstOtherToken()).isNull();
        assertThat(answer.firstOtherPromptToken()).isNull();
    }

    @Test
    void oneOtherTokenCountsOnceAndTheModelsLeadsOn() {
        Word runtime = new Word("SELXCT", 8);
        VerifiedAnswer answer = others.compare(own("SELECT", true), runtime);
        assertThat(answer.same()).isFalse();
        assertThat(answer.other()).isEqualTo("SELXCT");
        assertThat(answer.tokens()).isEqualTo(7);
        assertThat(answer.sameTokens()).isEqualTo(6);
        assertThat(answer.firstOtherToken()).isEqualTo(3);
        assertThat(runtime.given).containsExactly(0, 4);
    }

    @Test
    void anEndThatComesEarlierOrLaterIsADifference() {
        VerifiedAnswer later = others.compare(own("SELECT", true), new Word("SELECTS", 8));
        assertThat(later.sameTokens()).isEqualTo(6);
        assertThat(later.tokens()).isEqualTo(7);
        assertThat(later.firstOtherToken()).isEqualTo(6);
        VerifiedAnswer earlier = others.compare(own("SELECT", true), new Word("SEL", 8));
        assertThat(earlier.firstOtherToken()).isEqualTo(3);
        // Led on, it ends each time; the model's end is its end, too.
        assertThat(earlier.sameTokens()).isEqualTo(4);
        VerifiedAnswer cut = others.compare(own("SELECT", false), new Word("SELECTS", 8));
        assertThat(cut.tokens()).isEqualTo(6);
        assertThat(cut.sameTokens()).isEqualTo(6);
    }

    @Test
    void anAnswerThatDiffersEverywhereIsGivenUp() {
        VerifiedAnswer answer = others.compare(own("SELECT COUNT(*)", true), new Word("x".repeat(LIMIT), 8));
        assertThat(answer.sameTokens()).isZero();
        assertThat(answer.tokens()).isEqualTo(8);
    }

    @Test
    void tokensWithinACharacterAreComparedTogether() {
        OwnAnswer two = own(List.of("", "a", "a\uFFFD", "a€"), false);
        VerifiedAnswer same = others.compare(two, new Word("a€", 8));
        assertThat(same.sameTokens()).isEqualTo(3);
        VerifiedAnswer other = others.compare(two, new Word("ab", 8));
        assertThat(other.tokens()).isEqualTo(3);
        assertThat(other.sameTokens()).isEqualTo(1);
        assertThat(other.firstOtherToken()).isEqualTo(1);
    }

    @Test
    void blanksBeforeAnAnswerAreNoDifferenceAndOtherPromptTokensAreOne() {
        VerifiedAnswer answer = others.compare(own("a", false), new Word(" a", 9, 3));
        assertThat(answer.same()).isTrue();
        assertThat(answer.firstOtherPromptToken()).isEqualTo(1);
        assertThat(new OtherAnswers(null).form()).isInstanceOf(PromptForm.Ids.class);
    }
}
