package org.sqltune.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.inference.answer.AnswerConstraint;
import org.sqltune.inference.answer.AnswerService;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.inference.session.ServedSession;
import org.sqltune.inference.session.TypedSession;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TokenConstraint;
import org.sqltune.model.tokenizer.ModelChat;

/** Answers that grow on a terminal, and what can be done with them. */
@Timeout(60)
class GrowingAnswersTest {
    private static final String ENTER = "\r";
    private static final String CONTROL_C = "\u0003";
    private static final String CONTROL_D = "\u0004";

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    /** A request that a test answers piece by piece. */
    private record Asked(TextRequest request, TextListener listener, TextTicket ticket) {
        void answer(String text) {
            ticket.complete(new TextAnswer(text, End.STOP, 40, 30, 7, 0, 0.5, 0.25));
        }
    }

    private final TextCompleter completer = new TextCompleter() {
        @Override
        public TextTicket submit(TextRequest request, TextListener listener) {
            TextTicket[] own = new TextTicket[1];
            own[0] = new TextTicket(() -> own[0].complete(new TextAnswer("", End.CANCELLED, 40, 0, 0, 0, 0, 0)));
            asked.add(new Asked(request, listener, own[0]));
            return own[0];
        }

        @Override
        public Set<String> adapters() {
            return Set.of("sales");
        }

        @Override
        public void close() {}
    };

    @Test
    void tokensAppearAsTheyComeAndTheTimingSaysWhatWasKnown() throws Exception {
        try (TypedSession session = start()) {
            session.awaitPrompt();
            session.type("How many?" + ENTER);
            Asked first = next();
            first.listener().text("SELECT ");
            session.awaitText("SELECT ");
            first.listener().text("count(*) AS n FROM customers");
            session.awaitText("count(*) AS n FROM customers");
            assertThat(session.text()).doesNotContain("1 row");
            first.answer("SELECT count(*) AS n FROM customers");
            session.awaitText(
                    "(1 row, SQL in 0.75 s (prompt 40 tokens, 30 cached, 0.50 s; answer 7 tokens, 0.25 s), rows in ");
            session.awaitPrompt();
            session.type(CONTROL_D);
            assertThat(session.exitCode()).isZero();
        }
    }

    @Test
    void controlCCancelsAnAnswerInPrefillAndInDecodeAndTheSessionGoesOn() throws Exception {
        try (TypedSession session = start()) {
            session.awaitPrompt();
            session.type("How many?" + ENTER);
            Asked prefill = next();
            session.type(CONTROL_C);
            session.awaitText("Stopped.");
            assertThat(prefill.ticket().await().end()).isEqualTo(End.CANCELLED);
            session.awaitPrompt();

            session.type("How many now?" + ENTER);
            Asked decode = next();
            decode.listener().text("SELECT nothing");
            session.awaitText("SELECT nothing");
            session.type(CONTROL_C);
            assertThat(decode.ticket().await().end()).isEqualTo(End.CANCELLED);
            session.awaitPrompt();
            // A token that was on its way belongs to nobody.
            decode.listener().text(" LATE");

            session.type("And now?" + ENTER);
            next().answer("SELECT 7 AS seven");
            session.awaitText("seven");
            session.awaitPrompt();
            assertThat(session.text()).doesNotContain("LATE");
            session.type(CONTROL_D);
            assertThat(session.exitCode()).isZero();
        }
    }

    @Test
    void answersAreRunAgainChangedListedAndDecodedOtherwise() throws Exception {
        try (TypedSession session = start()) {
            session.awaitPrompt();
            session.type("\\run" + ENTER);
            session.awaitText("There is no SQL to run yet");
            session.awaitPrompt();
            session.type("Who?" + ENTER);
            next().answer("SELECT name AS who FROM customers WHERE customer_id = 1");
            session.awaitText("Ada");
            session.awaitPrompt();
            session.type("\\run SELECT 41 + 1 AS answer" + ENTER);
            session.awaitText("42");
            session.awaitPrompt();
            session.type("\\edit" + ENTER);
            session.awaitPrompt();
            session.type(" + 100" + ENTER);
            session.awaitPrompt();
            session.type("\\history" + ENTER);
            session.awaitText("  SELECT name AS who FROM customers WHERE customer_id = 1");
            session.awaitPrompt();
            session.type("\\set temperature 0.7" + ENTER);
            session.awaitText("temperature is 0.7 now.");
            session.awaitPrompt();
            session.type("\\set top_p 7" + ENTER);
            session.awaitText("top_p is 7.0: give a number above 0 and at most 1");
            session.awaitPrompt();
            session.type("\\set warmth 7" + ENTER);
            session.awaitText("There is no setting warmth: there are temperature, top_p");
            session.awaitPrompt();
            session.type("\\adapter sales" + ENTER);
            session.awaitText("Answers come from sales now.");
            session.awaitPrompt();
            session.type("Again?" + ENTER);
            Asked again = next();
            assertThat(again.request().settings().sampling().temperature()).isEqualTo(0.7);
            assertThat(again.request().adapter()).contains("sales");
            again.answer("SELECT 1 AS one");
            session.awaitText("one");
            session.awaitPrompt();
            session.type(CONTROL_D);
            assertThat(session.exitCode()).isZero();
        }
    }

    private Asked next() throws InterruptedException {
        Asked found = asked.poll(30, TimeUnit.SECONDS);
        assertThat(found).isNotNull();
        return found;
    }

    @Test
    void answersAreKeptToTheConstraint() throws Exception {
        TokenConstraint nothing = new EndAtOnce();
        try (TypedSession session = start(question -> Optional.of(nothing))) {
            session.awaitPrompt();
            session.type("How many?" + ENTER);
            Asked only = next();
            assertThat(only.request().constraint()).containsSame(nothing);
            only.answer("SELECT 7 AS seven");
            session.awaitText("seven");
        }
    }

    private record EndAtOnce() implements TokenConstraint {
        @Override
        public long[] allowed(int tokensLeft) {
            return new long[1];
        }

        @Override
        public boolean mayEnd() {
            return true;
        }

        @Override
        public void advance(int token) {
            throw new IllegalStateException("No token is allowed");
        }

        @Override
        public int[] forced() {
            return new int[0];
        }

        @Override
        public TokenConstraint copy() {
            return this;
        }
    }

    private TypedSession start() throws Exception {
        return start(AnswerConstraint.NONE);
    }

    private TypedSession start(AnswerConstraint constraint) throws Exception {
        ModelPrompts prompts = new ModelPrompts(
                PromptContract.of(DataSettings.defaults()), TokenEstimate::of, () -> new ModelChat(null, "", Map.of()));
        AnswerService service = new AnswerService(completer, prompts, TokenEstimate::of);
        AdapterSwitch adapters = new LoadedAdapters(service::adapters, AdapterSwitch.BASE);
        return new TypedSession(
                "xterm",
                new ServedSession(service, adapters, GenerationSettings.greedy(64), constraint, null, 1),
                ShopDatabase.create(folder),
                folder.resolve("history"));
    }
}
