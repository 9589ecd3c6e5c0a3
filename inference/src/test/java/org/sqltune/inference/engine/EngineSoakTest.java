package org.sqltune.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.TinyModel;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.lora.AdapterSet;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Many threads, many requests, many cancellations: no deadlock, no leak, no wrong answer. Each once short, once long. */
@Timeout(1200)
@EnabledOnOs(OS.LINUX)
class EngineSoakTest {
    private static final GenerationSettings GREEDY = GenerationSettings.greedy(12);

    private final List<String> prompts =
            TinyModel.questions().stream().map(TinyModel.TEMPLATE::render).toList();
    private Torch torch;
    private LanguageModel model;
    private AdapterSet adapters;

    @BeforeAll
    static void useOneThread() {
        TinyModel.useOneThread();
    }

    @BeforeEach
    void load() {
        torch = Torch.cpu();
        model = LanguageModel.load(torch, TinyModel.folder(), ElementType.FLOAT32);
        adapters = new AdapterSet(model.decoder(), "tiny");
        adapters.add("tuned", TinyModel.adapter());
        adapters.add("second", TinyModel.adapter());
    }

    @AfterEach
    void close() {
        adapters.close();
        model.close();
        torch.close();
    }

    @Test
    void eightThreadsForASecond(TestReporter reporter) throws Exception {
        threadsAsk(8, 1, reporter);
    }

    @Test
    @Tag("heavy")
    void sixtyFourThreadsForAMinute(TestReporter reporter) throws Exception {
        threadsAsk(64, 60, reporter);
    }

    @Test
    void fourHundredRequestsLeaveMemoryAsItWas(TestReporter reporter) throws Exception {
        requestsLeaveMemoryFlat(400, reporter);
    }

    @Test
    @Tag("heavy")
    void tenThousandRequestsLeaveMemoryAsItWas(TestReporter reporter) throws Exception {
        requestsLeaveMemoryFlat(10_000, reporter);
    }

    @Test
    void sixtyCancellationsLeaveNothingBehind(TestReporter reporter) throws Exception {
        cancellationsLeaveNothing(60, reporter);
    }

    @Test
    @Tag("heavy")
    void aThousandCancellationsLeaveNothingBehind(TestReporter reporter) throws Exception {
        cancellationsLeaveNothing(1000, reporter);
    }

    @Test
    void anAdapterThatComesAndGoesForASecond(TestReporter reporter) throws Exception {
        adapterComesAndGoes(8, 1, reporter);
    }

    @Test
    @Tag("heavy")
    void anAdapterThatComesAndGoesForAMinute(TestReporter reporter) throws Exception {
        adapterComesAndGoes(64, 60, reporter);
    }

    private TextEngine engine() {
        return new TextEngine(model, adapters, new EngineLimits(16, 1, 1_000_000, 100_000_000));
    }

    private static Optional<String> adapter(int i) {
        return List.of(Optional.<String>empty(), Optional.of("tuned"), Optional.of("second"))
                .get(i % 3);
    }

    private TextRequest request(int i) {
        TextRequest request = TextRequest.of(prompts.get(i % prompts.size()), GREEDY);
        return adapter(i).map(request::withAdapter).orElse(request);
    }

    /** The answers of requests that nothing disturbs: they repeat after so many. */
    private List<String> undisturbed(TextEngine engine) {
        return IntStream.range(0, 3 * prompts.size())
                .mapToObj(i ->
                        engine.submit(request(i), TextListener.NONE).await().text())
                .toList();
    }

    private void threadsAsk(int count, int seconds, TestReporter reporter) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        try (TextEngine engine = engine()) {
            List<String> expected = undisturbed(engine);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < count; t++) {
                Random random = new Random(t);
                threads.add(new Thread(() -> {
                    while (System.nanoTime() < end) {
                        int i = random.nextInt(expected.size());
                        TextTicket ticket =
                                engine.submit(request(i).withPriority(random.nextInt(3)), TextListener.NONE);
                        if (random.nextInt(8) == 0) {
                            ticket.cancel();
                        }
                        TextAnswer answer = ticket.await();
                        answered.incrementAndGet();
                        if (answer.end() == End.CANCELLED) {
                            cancelled.incrementAndGet();
                        } else if (!answer.text().equals(expected.get(i))) {
                            wrong.incrementAndGet();
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(seconds + 300L));
                assertThat(thread.isAlive()).as("a thread that waits for ever").isFalse();
            }
            EngineStatistics after = engine.statistics();
            assertThat(after.waitingRequests()).isZero();
            assertThat(after.runningRequests()).isZero();
            reporter.publishEntry(
                    count + " threads, " + seconds + " s",
                    answered + " answers, " + cancelled + " cancelled, prefixes " + after.prefixes());
        }
        assertThat(wrong).hasValue(0);
        assertThat(answered).hasValueGreaterThan(count);
    }

    /** Requests for it are answered right, or refused by name while it isn't there; nothing else happens to any request. */
    private void adapterComesAndGoes(int count, int seconds, TestReporter reporter) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        int rounds = 0;
        try (TextEngine engine = engine()) {
            List<String> expected = undisturbed(engine);
            engine.addAdapter("comes", TinyModel.adapter());
            engine.removeAdapter("comes");
            int tensors = torch.root().aliveCount();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < count; t++) {
                Random random = new Random(t);
                threads.add(new Thread(() -> {
                    while (!enough.get()) {
                        int i = random.nextInt(expected.size());
                        TextRequest asked = request(i);
                        // The adapter that comes is the one of the requests that are called tuned.
                        boolean comes = i % 3 == 1;
                        try {
                            String text = engine.submit(comes ? asked.withAdapter("comes") : asked, TextListener.NONE)
                                    .await()
                                    .text();
                            answered.addAndGet(comes ? 1 : 0);
                            if (!text.equals(expected.get(i))) {
                                wrong.add(text);
                            }
                        } catch (SqlTuneException e) {
                            refused.incrementAndGet();
                            if (!comes || !String.valueOf(e.getMessage()).contains("no adapter comes")) {
                                wrong.add(e.toString());
                            }
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            // On a slow machine it goes on until both were seen.
            long last = end + TimeUnit.SECONDS.toNanos(300);
            while (System.nanoTime() < end || (answered.get() == 0 || refused.get() == 0) && System.nanoTime() < last) {
                engine.addAdapter("comes", TinyModel.adapter());
                Thread.sleep(30);
                engine.removeAdapter("comes");
                Thread.sleep(5);
                rounds++;
            }
            enough.set(true);
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(seconds + 300L));
                assertThat(thread.isAlive()).as("a thread that waits for ever").isFalse();
            }
            assertThat(undisturbed(engine)).isEqualTo(expected);
            assertThat(torch.root().aliveCount()).isEqualTo(tensors);
            reporter.publishEntry(
                    count + " threads, " + rounds + " rounds", answered + " answers of it, " + refused + " refusals");
        }
        assertThat(wrong).isEmpty();
        assertThat(answered).hasPositiveValue();
        assertThat(refused).hasPositiveValue();
    }

    private void requestsLeaveMemoryFlat(int count, TestReporter reporter) throws Exception {
        try (TextEngine engine = engine()) {
            // Prompts that all differ, so that kept beginnings fill the pool and leave it again.
            ask(engine, 0, count / 4);
            Memory early = Memory.of(torch);
            ask(engine, count / 4, count);
            Memory late = Memory.of(torch);
            EngineStatistics statistics = engine.statistics();
            reporter.publishEntry(
                    count + " requests", early + ", in the end " + late + ", prefixes " + statistics.prefixes());
            assertThat(late.tensors()).isEqualTo(early.tensors());
            assertThat(late.heapBytes()).isLessThan(early.heapBytes() + 8_000_000);
            assertThat(late.residentBytes()).isLessThan(early.residentBytes() * 105 / 100);
            assertThat(statistics.prefixes().evictions()).isPositive();
            assertThat(statistics.prefixes().keptTokens()).isLessThanOrEqualTo((long) statistics.pages() * KvPool.PAGE);
        }
    }

    private void ask(TextEngine engine, int from, int end) {
        List<TextTicket> tickets = new ArrayList<>();
        for (int i = from; i < end; i++) {
            String prompt = "Question " + i + ": " + prompts.get(i % prompts.size());
            TextRequest request = TextRequest.of(prompt, GREEDY);
            tickets.add(engine.submit(adapter(i).map(request::withAdapter).orElse(request), TextListener.NONE));
            if (tickets.size() == 64) {
                tickets.forEach(TextTicket::await);
                tickets.clear();
            }
        }
        tickets.forEach(TextTicket::await);
    }

    private void cancellationsLeaveNothing(int count, TestReporter reporter) throws Exception {
        try (TextEngine engine = engine()) {
            List<String> expected = undisturbed(engine);
            Random random = new Random(1);
            int tensors = torch.root().aliveCount();
            int cancelled = 0;
            while (cancelled < count) {
                int i = random.nextInt(expected.size());
                TextRequest endless =
                        TextRequest.of(prompts.get(i % prompts.size()), new GenerationSettings(1.5, 1, 400, i));
                TextTicket ticket = engine.submit(endless, TextListener.NONE);
                if (random.nextBoolean()) {
                    Thread.sleep(random.nextInt(4));
                }
                ticket.cancel();
                TextAnswer answer = ticket.await();
                cancelled += answer.end() == End.CANCELLED ? 1 : 0;
            }
            assertThat(undisturbed(engine)).isEqualTo(expected);
            assertThat(torch.root().aliveCount()).isEqualTo(tensors);
            EngineStatistics after = engine.statistics();
            assertThat(after.runningRequests()).isZero();
            reporter.publishEntry(count + " cancellations", after.toString());
        }
    }

    /** What the process holds. */
    private record Memory(int tensors, long heapBytes, long residentBytes) {
        static Memory of(Torch torch) throws IOException {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(each -> each.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            return new Memory(
                    torch.root().aliveCount(),
                    runtime.totalMemory() - runtime.freeMemory(),
                    Long.parseLong(line.replaceAll("\\D", "")) * 1024);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d tensors, heap %.1f MB, resident %.1f MB",
                    tensors,
                    heapBytes / 1e6,
                    residentBytes / 1e6);
        }
    }
}
