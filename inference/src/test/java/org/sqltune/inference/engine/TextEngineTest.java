package org.sqltune.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.inference.TinyModel;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.lora.AdapterSet;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

@Timeout(120)
class TextEngineTest {
    private static final GenerationSettings GREEDY = GenerationSettings.greedy(24);
    private static final GenerationSettings ENDLESS = GenerationSettings.greedy(400);

    private final List<String> prompts =
            TinyModel.questions().stream().map(TextEngineTest::render).toList();
    private Torch torch;
    private LanguageModel model;
    private AdapterSet adapters;

    private static String render(SqlQuestion question) {
        return TinyModel.TEMPLATE.render(question);
    }

    @BeforeAll
    static void useOneThread() {
        TinyModel.useOneThread();
    }

    @BeforeEach
    void load() {
        torch = Torch.cpu();
        model = LanguageModel.load(torch, TinyModel.folder(), ElementType.FLOAT32);
        adapters = new AdapterSet(model.decoder(), "tiny");
    }

    @AfterEach
    void close() {
        adapters.close();
        model.close();
        torch.close();
    }

    private TextEngine engine(int texts) {
        return new TextEngine(model, adapters, new EngineLimits(texts, 64 << 20, 1000, 1_000_000));
    }

    private List<String> alone() {
        return prompts.stream().map(this::alone).toList();
    }

    private String alone(String prompt) {
        try (TextGenerator generator = model.newGenerator()) {
            return model.tokenizer().decode(generator.generate(model.tokenizer().encodePrompt(prompt), GREEDY));
        }
    }

    @Test
    void manyThreadsGetTheAnswersOfEachQuestionAlone() throws Exception {
        List<String> expected = alone();
        AtomicInteger wrong = new AtomicInteger();
        try (TextEngine engine = engine(6)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 32; t++) {
                int first = t;
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 6; i++) {
                        int index = (first + i) % prompts.size();
                        String text = engine.submit(TextRequest.of(prompts.get(index), GREEDY), TextListener.NONE)
                                .await()
                                .text();
                        if (!text.equals(expected.get(index))) {
                            wrong.incrementAndGet();
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(wrong).hasValue(0);
    }

    @Test
    void thePiecesThatAreToldMakeTheAnswer() {
        StringBuilder told = new StringBuilder();
        try (TextEngine engine = engine(2)) {
            TextAnswer answer = engine.submit(TextRequest.of(prompts.get(0), GREEDY), told::append)
                    .await();
            assertThat(told.toString()).isEqualTo(answer.text()).isEqualTo(alone(prompts.get(0)));
            assertThat(answer.newTokens()).isPositive();
            assertThat(answer.promptTokens()).isGreaterThan(10);
            assertThat(answer.prefillSeconds()).isPositive();
        }
    }

    @Test
    void aStopTextEndsTheAnswerWhereverInATokenItBegins() {
        String whole = alone(prompts.get(0));
        for (int at = 1; at < Math.min(whole.length() - 2, 20); at++) {
            String stop = whole.substring(at, at + 2);
            StringBuilder told = new StringBuilder();
            try (TextEngine engine = engine(1)) {
                TextAnswer answer = engine.submit(
                                TextRequest.of(prompts.get(0), GREEDY).withStopTexts(List.of("never comes", stop)),
                                told::append)
                        .await();
                assertThat(answer.text())
                        .as("%s of %s", stop, whole)
                        .isEqualTo(whole.substring(0, whole.indexOf(stop)));
                assertThat(told.toString()).isEqualTo(answer.text());
                assertThat(answer.end()).isEqualTo(End.STOP);
            }
        }
    }

    @Test
    void aSecondQuestionOfASchemaFindsItInTheCache() {
        try (TextEngine engine = engine(2)) {
            TextAnswer first = engine.submit(TextRequest.of(prompts.get(0), GREEDY), TextListener.NONE)
                    .await();
            TextAnswer second = engine.submit(TextRequest.of(prompts.get(2), GREEDY), TextListener.NONE)
                    .await();
            assertThat(first.cachedTokens()).isZero();
            assertThat(second.cachedTokens()).isGreaterThan(second.promptTokens() / 2);
        }
    }

    @Test
    void aCancelledAnswerEndsAndTheOthersGoOn() throws Exception {
        try (TextEngine engine = engine(4)) {
            CountDownLatch begun = new CountDownLatch(1);
            TextTicket cancelled = engine.submit(
                    TextRequest.of("SELECT", new GenerationSettings(1, 1, 400, 3)), piece -> begun.countDown());
            TextTicket other = engine.submit(TextRequest.of(prompts.get(0), GREEDY), TextListener.NONE);
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            cancelled.cancel();
            TextAnswer answer = cancelled.await();
            assertThat(answer.end()).isIn(End.CANCELLED, End.STOP);
            assertThat(other.await().text()).isEqualTo(alone(prompts.get(0)));
        }
    }

    @Test
    void aRequestThatWaitsIsCancelledWithoutWork() {
        try (TextEngine engine = engine(1)) {
            TextTicket first = engine.submit(TextRequest.of(prompts.get(1), ENDLESS), TextListener.NONE);
            TextTicket waiting = engine.submit(TextRequest.of(prompts.get(0), GREEDY), TextListener.NONE);
            waiting.cancel();
            assertThat(waiting.await().end()).isEqualTo(End.CANCELLED);
            assertThat(waiting.await().newTokens()).isZero();
            first.cancel();
            first.await();
        }
    }

    @Test
    void aDeadlineEndsARequestThatWaitsOrAnswers() {
        try (TextEngine engine = engine(1)) {
            TextAnswer answer = engine.submit(
                            TextRequest.of(prompts.get(0), ENDLESS).withDeadline(Duration.ofNanos(1)),
                            TextListener.NONE)
                    .await();
            assertThat(answer.end()).isEqualTo(End.EXPIRED);
        }
    }

    @Test
    void whatADeadlineEndsGivesItsMemoryBackAndDisturbsNobody() {
        Duration deadline = Duration.ofMillis(500);
        try (TextEngine engine = engine(4)) {
            TextTicket other = engine.submit(TextRequest.of(prompts.get(0), GREEDY), TextListener.NONE);
            TextTicket late =
                    engine.submit(TextRequest.of(prompts.get(1), ENDLESS).withDeadline(deadline), new TextListener() {
                        @Override
                        public void text(String piece) {
                            sleepLongerThan(deadline);
                        }
                    });
            TextAnswer ended = late.await();
            assertThat(ended.end()).isEqualTo(End.EXPIRED);
            assertThat(other.await().text()).isEqualTo(alone(prompts.get(0)));
            EngineStatistics after = engine.statistics();
            assertThat(after.runningRequests()).isZero();
            assertThat((after.pages() - after.freePages()) * KvPool.PAGE)
                    .as("what is kept of the two prompts, and no more")
                    .isLessThan(ended.promptTokens() + other.await().promptTokens() + 3 * KvPool.PAGE);
        }
    }

    private static void sleepLongerThan(Duration duration) {
        try {
            Thread.sleep(duration.toMillis() + 20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theListenerIsToldHowMuchOfThePromptIsRead() {
        List<String> read = new ArrayList<>();
        try (TextEngine engine = engine(1)) {
            TextAnswer answer = engine.submit(TextRequest.of(prompts.get(0), GREEDY), new TextListener() {
                        @Override
                        public void prompt(int tokens, int all) {
                            read.add(tokens + " of " + all);
                        }

                        @Override
                        public void text(String piece) {
                            read.add("answer");
                        }
                    })
                    .await();
            String whole = answer.promptTokens() + " of " + answer.promptTokens();
            assertThat(read).startsWith(whole, "answer").containsOnlyOnce(whole);
        }
    }

    @Test
    void whatDoesntFitTheQueueIsRefusedAtOnce() {
        try (TextEngine engine = new TextEngine(model, adapters, new EngineLimits(1, 64 << 20, 2, 1_000_000))) {
            List<TextTicket> taken = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 50; i++) {
                            taken.add(engine.submit(TextRequest.of(prompts.get(0), GREEDY), TextListener.NONE));
                        }
                    })
                    .isInstanceOf(QueueFullException.class)
                    .hasMessageContaining("2 requests");
            taken.forEach(each -> assertThat(each.await().end()).isNotEqualTo(End.CANCELLED));
        }
    }

    @Test
    void ofThoseThatWaitTheMoreUrgentStartsFirst() throws Exception {
        List<String> order = new ArrayList<>();
        try (TextEngine engine = engine(1)) {
            CountDownLatch all = new CountDownLatch(1);
            TextTicket blocking = engine.submit(TextRequest.of(prompts.get(0), GREEDY), piece -> await(all));
            TextTicket later = engine.submit(TextRequest.of(prompts.get(1), GREEDY), piece -> order.add("later"));
            TextTicket urgent =
                    engine.submit(TextRequest.of(prompts.get(2), GREEDY).withPriority(5), piece -> order.add("urgent"));
            all.countDown();
            blocking.await();
            later.await();
            urgent.await();
        }
        assertThat(order.get(0)).isEqualTo("urgent");
        assertThat(order.get(order.size() - 1)).isEqualTo("later");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eachRequestIsAnsweredByTheAdapterThatItNames() {
        String base = alone(prompts.get(0));
        try (TextEngine engine = engine(4)) {
            engine.addAdapter("tuned", TinyModel.adapter());
            List<TextTicket> tuned = new ArrayList<>();
            List<TextTicket> plain = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tuned.add(
                        engine.submit(TextRequest.of(prompts.get(0), GREEDY).withAdapter("tuned"), TextListener.NONE));
                plain.add(engine.submit(TextRequest.of(prompts.get(0), GREEDY), TextListener.NONE));
            }
            plain.forEach(each -> assertThat(each.await().text()).isEqualTo(base));
            String text = tuned.get(0).await().text();
            assertThat(text).isNotEqualTo(base);
            tuned.forEach(each -> assertThat(each.await().text()).isEqualTo(text));
        }
    }

    @Test
    void requestsOfSeveralAdaptersAreAnsweredAtOnce() {
        AtomicInteger most = new AtomicInteger();
        try (TextEngine engine = engine(8)) {
            engine.addAdapter("tuned", TinyModel.adapter());
            engine.addAdapter("second", TinyModel.adapter());
            List<TextTicket> tickets = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                TextRequest request = TextRequest.of(prompts.get(0), GREEDY);
                TextRequest named = i % 3 == 0 ? request : request.withAdapter(i % 3 == 1 ? "tuned" : "second");
                tickets.add(engine.submit(
                        named,
                        piece -> most.accumulateAndGet(engine.statistics().runningRequests(), Math::max)));
            }
            List<String> answers =
                    tickets.stream().map(each -> each.await().text()).toList();
            assertThat(answers.get(0)).isEqualTo(alone(prompts.get(0))).isEqualTo(answers.get(3));
            assertThat(answers.get(1)).isNotEqualTo(answers.get(0)).isEqualTo(answers.get(2));
        }
        assertThat(most).hasValueGreaterThan(2);
    }

    @Test
    void anAdapterComesAndGoesWhileOthersAreAnswered() throws Exception {
        try (TextEngine engine = engine(4)) {
            engine.addAdapter("stays", TinyModel.adapter());
            List<String> expected = alone();
            String tuned = engine.submit(TextRequest.of(prompts.get(0), GREEDY).withAdapter("stays"), TextListener.NONE)
                    .await()
                    .text();
            AtomicInteger wrong = new AtomicInteger();
            Thread asking = new Thread(() -> {
                for (int i = 0; i < 60; i++) {
                    TextTicket base =
                            engine.submit(TextRequest.of(prompts.get(i % prompts.size()), GREEDY), TextListener.NONE);
                    String other = engine.submit(
                                    TextRequest.of(prompts.get(0), GREEDY).withAdapter("stays"), TextListener.NONE)
                            .await()
                            .text();
                    boolean right = other.equals(tuned) && base.await().text().equals(expected.get(i % prompts.size()));
                    wrong.addAndGet(right ? 0 : 1);
                }
            });
            asking.start();
            for (int i = 0; i < 10; i++) {
                engine.addAdapter("comes", TinyModel.adapter());
                TextTicket ticket =
                        engine.submit(TextRequest.of(prompts.get(0), GREEDY).withAdapter("comes"), TextListener.NONE);
                engine.removeAdapter("comes");
                assertThat(ticket.await().text()).isEqualTo(tuned);
            }
            asking.join();
            assertThat(wrong).hasValue(0);
        }
    }

    @Test
    void aPinnedSchemaIsThereForEveryQuestion() {
        int common = 0;
        while (prompts.get(0).charAt(common) == prompts.get(2).charAt(common)) {
            common++;
        }
        String schema = prompts.get(0).substring(0, common);
        try (TextEngine engine = engine(2)) {
            int tokens = engine.pin(Optional.empty(), schema);
            assertThat(tokens).isGreaterThan(20);
            assertThat(engine.statistics().prefixes().pinnedTokens()).isEqualTo(tokens);
            TextAnswer answer = engine.submit(TextRequest.of(prompts.get(0), GREEDY), TextListener.NONE)
                    .await();
            assertThat(answer.cachedTokens()).isBetween(tokens - 2, tokens);
            assertThat(answer.text()).isEqualTo(alone(prompts.get(0)));
            assertThat(engine.statistics().prefixes().hitTokens()).isEqualTo(answer.cachedTokens());
            assertThat(engine.unpin(Optional.empty(), schema)).isTrue();
            assertThat(engine.unpin(Optional.empty(), schema)).isFalse();
            assertThat(engine.statistics().prefixes().pinnedTokens()).isZero();
            assertThat(engine.statistics().prefixes().keptTokens()).isPositive();
        }
    }

    @Test
    void anAdapterLeavesWhenItsRequestsAreAnswered() {
        try (TextEngine engine = engine(2)) {
            engine.addAdapter("tuned", TinyModel.adapter());
            TextTicket ticket =
                    engine.submit(TextRequest.of(prompts.get(0), GREEDY).withAdapter("tuned"), TextListener.NONE);
            engine.removeAdapter("tuned");
            assertThat(ticket.await().end()).isNotEqualTo(End.CANCELLED);
            assertThatThrownBy(() -> engine.submit(
                            TextRequest.of(prompts.get(0), GREEDY).withAdapter("tuned"), TextListener.NONE))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("no adapter tuned");
            assertThatThrownBy(() -> engine.removeAdapter("tuned")).isInstanceOf(SqlTuneException.class);
        }
    }

    @Test
    void aPromptBeyondTheContextIsRefusedWithItsLength() {
        try (TextEngine engine = engine(1)) {
            String prompt = "singer ".repeat(3000);
            assertThatThrownBy(() -> engine.submit(TextRequest.of(prompt, GREEDY), TextListener.NONE))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("tokens, and the model reads "
                            + model.decoder().config().maxPositions());
        }
    }

    @Test
    void aListenerThatFailsEndsItsOwnAnswerAlone() {
        try (TextEngine engine = engine(2)) {
            TextTicket failing = engine.submit(TextRequest.of(prompts.get(0), GREEDY), piece -> {
                throw new IllegalStateException("the screen is gone");
            });
            TextTicket other = engine.submit(TextRequest.of(prompts.get(1), GREEDY), TextListener.NONE);
            assertThatThrownBy(failing::await).hasRootCauseMessage("the screen is gone");
            assertThat(other.await().text()).isEqualTo(alone(prompts.get(1)));
        }
    }

    @Test
    void anInterruptedThreadCancelsWhatItWaitsFor() {
        try (TextEngine engine = engine(1)) {
            TextTicket ticket = engine.submit(TextRequest.of(prompts.get(0), ENDLESS), TextListener.NONE);
            Thread.currentThread().interrupt();
            assertThatThrownBy(ticket::await).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ticket.await().end()).isIn(End.CANCELLED, End.STOP, End.LENGTH);
        }
    }

    @Test
    void closingEndsWhatHasNoAnswer() {
        TextEngine engine = engine(1);
        List<TextTicket> tickets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tickets.add(engine.submit(TextRequest.of(prompts.get(i % prompts.size()), ENDLESS), TextListener.NONE));
        }
        engine.close();
        assertThat(tickets)
                .allSatisfy(
                        each -> assertThat(each.answer().toCompletableFuture()).isDone());
        assertThatThrownBy(() -> engine.submit(TextRequest.of(prompts.get(0), GREEDY), TextListener.NONE))
                .hasMessageContaining("closed");
    }
}
