package org.sqltune.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.core.config.settings.EngineSettings.Api;
import org.sqltune.core.config.settings.EngineSettings.Engine;
import org.sqltune.core.config.settings.EngineSettings.PromptAs;
import org.sqltune.inference.engine.EngineLimits;
import org.sqltune.inference.engine.QueueFullException;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCandidate;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;
import org.sqltune.inference.engine.TokenLogprob;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.Sampling;

@Timeout(60)
class RuntimesTest {
    private static final String MODELS = "{\"data\": [{\"id\": \"sales\"}]}";
    private static final String COMPLETIONS = "/v1/completions";
    private static final TextRequest REQUEST =
            TextRequest.of("How many?", GenerationSettings.greedy(8)).withStopTexts(List.of("\n\n"));

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer().on("/v1/models", 200, MODELS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anOpenAiServerStreamsAnAnswer() throws IOException {
        server.streams(
                COMPLETIONS,
                ": a comment\n\n" + chunk("SELECT", null),
                chunk(" count(*)", null) + chunk("", "stop"),
                "data: {\"choices\": [], \"usage\": {\"prompt_tokens\": 5, \"completion_tokens\": 3,"
                        + " \"prompt_tokens_details\": {\"cached_tokens\": 2}}}\n\n",
                "data: [DONE]\n\n");
        List<String> pieces = new ArrayList<>();
        try (TextCompleter completer = open(Engine.OPENAI)) {
            TextAnswer answer = completer.submit(REQUEST, pieces::add).await();

            assertThat(answer.text()).isEqualTo("SELECT count(*)");
            assertThat(answer.end()).isEqualTo(End.STOP);
            assertThat(answer.promptTokens()).isEqualTo(5);
            assertThat(answer.cachedTokens()).isEqualTo(2);
            assertThat(answer.newTokens()).isEqualTo(3);
            assertThat(pieces).containsExactly("SELECT", " count(*)");
        }
        JsonNode body = lastBody();
        assertThat(body.path("model").asText()).isEqualTo("sales");
        assertThat(body.path("prompt").asText()).isEqualTo("How many?");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(8);
        assertThat(body.path("temperature").asDouble()).isZero();
        assertThat(body.path("stop").path(0).asText()).isEqualTo("\n\n");
        assertThat(body.path("stream").asBoolean()).isTrue();
    }

    @Test
    void aPromptMayBeSentAsTokens() throws IOException {
        server.streams(COMPLETIONS, chunk("x", "length"));
        PromptForm ids = new PromptForm.Ids(request -> new long[] {1, 7, 9});
        try (TextCompleter completer = runtimes(Map.of()).open(settings(Engine.OPENAI, 5), ids, limits(1))) {
            assertThat(completer.submit(REQUEST, TextListener.NONE).await().end())
                    .isEqualTo(End.LENGTH);
        }
        assertThat(lastBody().path("prompt").toString()).isEqualTo("[1,7,9]");
    }

    @Test
    void aServerThatRefusesFieldsItDoesntKnowIsAskedInPlainerWords() throws IOException {
        server.on(COMPLETIONS, exchange -> {
            String body = server.asked().get(server.asked().size() - 1).body();
            if (body.contains("top_k") || body.contains("min_p")) {
                byte[] refusal = "{\"detail\": \"Unexpected fields in the request: {'min_p', 'top_k'}\"}"
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(422, refusal.length);
                exchange.getResponseBody().write(refusal);
            } else {
                FakeServer.stream(exchange, chunk("SELECT 1", "stop"));
            }
        });
        TextRequest sampled = TextRequest.of("How many?", new GenerationSettings(0.7, 0.9, 8, 1));
        TextRequest narrow = TextRequest.of("How many?", new GenerationSettings(new Sampling(0.7, 0.9, 5, 0, 1, 1), 8));
        try (TextCompleter completer = open(Engine.OPENAI)) {
            for (int i = 0; i < 2; i++) {
                assertThat(completer.submit(sampled, TextListener.NONE).await().text())
                        .isEqualTo("SELECT 1");
            }
            assertThat(server.asked())
                    .filteredOn(each -> each.path().equals(COMPLETIONS))
                    .as("only the first request is refused")
                    .hasSize(3);
            assertThatThrownBy(() -> completer.submit(narrow, TextListener.NONE).await())
                    .as("a wish isn't dropped")
                    .hasMessageContaining("Unexpected fields in the request: {'min_p', 'top_k'}");
        }
    }

    @Test
    void severalTextsAndTheirProbabilitiesComeMixed() throws IOException {
        server.streams(
                COMPLETIONS,
                "data: {\"choices\": [{\"index\": 1, \"text\": \"SELECT b\", \"logprobs\": {\"tokens\": [\"SELECT\", \" b\"],"
                        + " \"token_logprobs\": [-0.5, -1.5], \"top_logprobs\": [{\" WITH\": -2, \"SELECT\": -0.5}, {}]}}]}\n\n",
                "data: {\"choices\": [{\"index\": 0, \"text\": \"SELECT a\", \"finish_reason\": \"stop\", \"logprobs\":"
                        + " {\"content\": [{\"token\": \"SELECT a\", \"logprob\": -0.25, \"top_logprobs\": []}]}}]}\n\n",
                "data: {\"choices\": [{\"index\": 1, \"text\": \"\", \"finish_reason\": \"length\"}]}\n\n",
                "data: [DONE]\n\n");
        GenerationSettings two = new GenerationSettings(0.7, 0.9, 8, 1).withN(2).withLogprobs(2);
        try (TextCompleter completer = open(Engine.OPENAI)) {
            TextAnswer answer = completer
                    .submit(TextRequest.of("How many?", two), TextListener.NONE)
                    .await();

            assertThat(answer.candidates()).extracting(TextCandidate::text).containsExactly("SELECT a", "SELECT b");
            assertThat(answer.candidates()).extracting(TextCandidate::end).containsExactly(End.STOP, End.LENGTH);
            assertThat(answer.candidates().get(0).score()).hasValue(-0.25);
            assertThat(answer.candidates().get(1).score()).hasValue(-2);
            assertThat(answer.candidates().get(1).tokens().get(0).mostLikely())
                    .extracting(TokenLogprob::text)
                    .containsExactly("SELECT", " WITH");
        }
        assertThat(lastBody().path("n").asInt()).isEqualTo(2);
        assertThat(lastBody().path("logprobs").asInt()).isEqualTo(2);
    }

    @Test
    void aServerThatPassesOverWhatWasAskedForIsNamed() {
        server.streams(
                COMPLETIONS,
                chunk("SELECT 1", "stop") + "data: {\"choices\": [], \"usage\": {\"completion_tokens\": 2}}\n\n");
        GenerationSettings sampled = new GenerationSettings(0.7, 0.9, 8, 1);
        try (TextCompleter completer = open(Engine.OPENAI)) {
            assertThatThrownBy(() -> completer
                            .submit(TextRequest.of("x", sampled.withN(3)), TextListener.NONE)
                            .await())
                    .hasMessage(
                            server.url() + "/v1 doesn't give several answers (n), though its protocol has them: leave"
                                    + " that out, or use inference.engine=native");
            assertThatThrownBy(() -> completer
                            .submit(TextRequest.of("x", sampled.withLogprobs(1)), TextListener.NONE)
                            .await())
                    .hasMessageContaining("doesn't give probabilities (logprobs)");
        }
        server.on("/api/tags", 200, "{\"models\": [{\"name\": \"sales\"}]}");
        try (TextCompleter ollama = open(Engine.OLLAMA)) {
            assertThatThrownBy(() -> ollama.submit(TextRequest.of("x", sampled.withN(3)), TextListener.NONE))
                    .hasMessage(server.url() + " isn't asked for several answers (n): leave that out, or use"
                            + " inference.engine=native");
        }
    }

    @Test
    void aServerWithoutCompletionsIsAskedInMessages() throws IOException {
        server.streams(
                "/v1/chat/completions",
                "data: {\"choices\": [{\"delta\": {\"role\": \"assistant\"}}]}\n\n",
                "data: {\"choices\": [{\"delta\": {\"content\": \"SELECT 1\"}, \"finish_reason\": \"stop\"}]}\n\n");
        EngineSettings settings =
                new EngineSettings(Engine.OPENAI, server.url() + "/v1/", "sales", Api.CHAT, PromptAs.TEXT, "NO_KEY", 5);
        try (TextCompleter completer = runtimes(Map.of()).open(settings, new PromptForm.Text(), limits(1))) {
            assertThat(completer.submit(REQUEST, TextListener.NONE).await().text())
                    .isEqualTo("SELECT 1");
        }
        assertThat(lastBody().path("messages").toString()).isEqualTo("[{\"role\":\"user\",\"content\":\"How many?\"}]");
    }

    @Test
    void ollamaStreamsAnAnswer() throws IOException {
        server.on("/api/tags", 200, "{\"models\": [{\"name\": \"sales:latest\"}, {\"name\": \"stock:latest\"}]}")
                .streams(
                        "/api/generate",
                        "{\"response\": \"SELECT\", \"done\": false}\n{\"response\": \" 1\",",
                        " \"done\": false}\n",
                        "{\"response\": \"\", \"done\": true, \"done_reason\": \"stop\", \"prompt_eval_count\": 4,"
                                + " \"eval_count\": 2}\n");
        EngineSettings settings = new EngineSettings(
                Engine.OLLAMA, server.url(), "sales:latest", Api.COMPLETIONS, PromptAs.TEXT, "NO_KEY", 5);
        try (TextCompleter completer = runtimes(Map.of()).open(settings, new PromptForm.Text(), limits(1))) {
            TextAnswer answer = completer.submit(REQUEST, TextListener.NONE).await();
            assertThat(answer.text()).isEqualTo("SELECT 1");
            assertThat(answer.newTokens()).isEqualTo(2);
            assertThat(completer.adapters()).containsExactly("stock:latest");
            completer
                    .submit(REQUEST.withAdapter("stock:latest"), TextListener.NONE)
                    .await();
        }
        JsonNode body = lastBody();
        assertThat(body.path("model").asText()).isEqualTo("stock:latest");
        assertThat(body.path("raw").asBoolean()).isTrue();
        assertThat(body.path("options").path("num_predict").asInt()).isEqualTo(8);
        assertThat(body.path("options").path("repeat_penalty").asDouble()).isEqualTo(1);
    }

    @Test
    void theKeyIsShownToTheServerAndToNobodyElse() {
        server.on(COMPLETIONS, 401, "{\"error\": {\"message\": \"wrong key abc-secret-9\"}}");
        Runtimes runtimes = runtimes(Map.of("MY_VARIABLE", "abc-secret-9"));
        EngineSettings settings =
                new EngineSettings(Engine.OPENAI, server.url(), null, Api.COMPLETIONS, PromptAs.TEXT, "MY_VARIABLE", 5);
        try (TextCompleter completer = runtimes.open(settings, new PromptForm.Text(), limits(1))) {
            assertFails(
                    completer,
                    server.url() + "/v1 refuses (401, wrong key ***): put its key into the environment"
                            + " variable MY_VARIABLE, which holds another one (inference.engine_key names the variable)");
        }
        assertThat(server.asked()).extracting(FakeServer.Asked::authorization).containsOnly("Bearer abc-secret-9");
    }

    @Test
    void aServerThatIsDownIsNamedWithTheRemedy() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        EngineSettings settings = new EngineSettings(
                Engine.OPENAI, "http://localhost:" + port, null, Api.COMPLETIONS, PromptAs.TEXT, "NO_KEY", 5);
        assertThatThrownBy(() -> runtimes(Map.of()).open(settings, new PromptForm.Text(), limits(1)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageMatching("Can't reach http://localhost:" + port
                        + "/v1 \\(.*\\): start the server, or check inference.engine_url \\(--url\\)");
    }

    @Test
    void aSlowServerIsNotWaitedForEver() {
        CountDownLatch end = new CountDownLatch(1);
        server.on(COMPLETIONS, exchange -> {
            FakeServer.stream(exchange, chunk("SELECT", null));
            end.await();
        });
        try (TextCompleter completer =
                runtimes(Map.of()).open(settings(Engine.OPENAI, 0.3), new PromptForm.Text(), limits(1))) {
            assertFails(
                    completer,
                    server.url()
                            + "/v1 sent nothing for 0 s: look what it is doing, or raise inference.engine_timeout_seconds");
        } finally {
            end.countDown();
        }
    }

    @Test
    void nonsenseIsQuotedInOneLine() {
        server.streams(COMPLETIONS, "<html>\n<body>Welcome to nginx</body>");
        try (TextCompleter completer = open(Engine.OPENAI)) {
            assertFails(
                    completer,
                    server.url() + "/v1 answers '<html>': check that it is an OpenAI-compatible server,"
                            + " and inference.engine_url (--url)");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswer() {
        server.streams(COMPLETIONS, chunk("SELECT", null));
        try (TextCompleter completer = open(Engine.OPENAI)) {
            assertFails(
                    completer,
                    server.url() + "/v1 broke off in the middle of an answer: see the server's log, and ask again");
        }
    }

    @Test
    void whatAServerReportsIsToldAndABusyOneIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        server.on(COMPLETIONS, exchange -> {
            if (calls.incrementAndGet() < 3) {
                exchange.getResponseHeaders().add("Retry-After", "0");
                exchange.sendResponseHeaders(503, -1);
            } else {
                FakeServer.stream(exchange, "data: {\"error\": {\"message\": \"the prompt\\nis too long\"}}\n\n");
            }
        });
        try (TextCompleter completer = open(Engine.OPENAI)) {
            assertFails(
                    completer,
                    server.url() + "/v1 reports: the prompt is too long. See the server's log; shorten the"
                            + " schema if the prompt is too long for it");
        }
        assertThat(calls).hasValue(3);
    }

    @Test
    void severalModelsHaveToBeChosenFrom() {
        server.on("/v1/models/none", 404, "");
        try (FakeServer two =
                new FakeServer().on("/v1/models", 200, "{\"data\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}")) {
            EngineSettings settings =
                    new EngineSettings(Engine.OPENAI, two.url(), null, Api.COMPLETIONS, PromptAs.TEXT, "NO_KEY", 5);
            assertThatThrownBy(() -> runtimes(Map.of()).open(settings, new PromptForm.Text(), limits(1)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("inference.engine_model: " + two.url() + "/v1 has several models: name one of a, b");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aServerOfAnotherProtocolHasNoListOfModels() throws IOException {
        try (FakeServer other = new FakeServer().on("/api/tags", 200, "{\"data\": [{\"id\": \"a\"}]}")) {
            EngineSettings settings =
                    new EngineSettings(Engine.OLLAMA, other.url(), null, Api.COMPLETIONS, PromptAs.TEXT, "NO_KEY", 5);
            assertThatThrownBy(() -> runtimes(Map.of()).open(settings, new PromptForm.Text(), limits(1)))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageStartingWith(other.url()
                            + " answers '{\"data\": [{\"id\": \"a\"}]}' (no list 'models'): check that it is ");
        }
    }

    @Test
    void cancellingLetsGoOfTheConnectionAndKeepsWhatCame() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        server.on(COMPLETIONS, exchange -> {
            FakeServer.stream(exchange, chunk("SELECT", null));
            end.await(30, TimeUnit.SECONDS);
        });
        try (TextCompleter completer = open(Engine.OPENAI)) {
            TextTicket ticket = completer.submit(REQUEST, piece -> began.countDown());
            began.await();
            ticket.cancel();
            TextAnswer answer = ticket.await();
            assertThat(answer.end()).isEqualTo(End.CANCELLED);
            assertThat(answer.text()).isEqualTo("SELECT");

            TextAnswer late = completer
                    .submit(REQUEST.withDeadline(Duration.ofMillis(200)), TextListener.NONE)
                    .await();
            assertThat(late.end()).isEqualTo(End.EXPIRED);
        } finally {
            end.countDown();
        }
    }

    @Test
    void theQueueIsBoundedAndClosingEndsWhatWaits() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.on(COMPLETIONS, exchange -> end.await(30, TimeUnit.SECONDS));
        TextCompleter completer = runtimes(Map.of())
                .open(settings(Engine.OPENAI, 30), new PromptForm.Text(), new EngineLimits(1, 1, 2, 1));
        List<TextTicket> tickets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tickets.add(completer.submit(REQUEST, TextListener.NONE));
            // The first one has left the queue.
            while (i == 0 && server.asked().size() < 2) {
                Thread.sleep(5);
            }
        }
        assertThatThrownBy(() -> completer.submit(REQUEST, TextListener.NONE)).isInstanceOf(QueueFullException.class);
        completer.close();
        assertThat(tickets)
                .allSatisfy(each -> assertThatThrownBy(each::await)
                        .isInstanceOf(SqlTuneException.class)
                        .hasMessageContaining("was closed before the answer was there"));
        assertThatThrownBy(() -> completer.submit(REQUEST, TextListener.NONE))
                .hasMessageContaining("takes no more requests");
        end.countDown();
    }

    @Test
    void whatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> openAt("ftp://x")).hasMessageContaining("ftp://x is no address of a server");
        assertThatThrownBy(() -> openAt("http://me:secret@localhost:1"))
                .hasMessageContaining("a key goes into the environment variable")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> runtimes(Map.of())
                        .open(settings(Engine.OLLAMA, 5), new PromptForm.Ids(request -> new long[0]), limits(1)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("inference.engine_prompt: ids can't be sent to Ollama: leave it out");
    }

    private void openAt(String url) {
        EngineSettings settings =
                new EngineSettings(Engine.OPENAI, url, null, Api.COMPLETIONS, PromptAs.TEXT, "NO_KEY", 5);
        runtimes(Map.of()).open(settings, new PromptForm.Text(), limits(1)).close();
    }

    private static void assertFails(TextCompleter completer, String message) {
        TextTicket ticket = completer.submit(REQUEST, TextListener.NONE);
        assertThatThrownBy(ticket::await).isInstanceOf(SqlTuneException.class).hasMessage(message);
    }

    private static String chunk(String text, @Nullable String end) {
        return "data: {\"choices\": [{\"text\": \"" + text + "\", \"finish_reason\": "
                + (end == null ? "null" : "\"" + end + "\"") + "}]}\n\n";
    }

    private JsonNode lastBody() throws IOException {
        List<FakeServer.Asked> all = server.asked();
        return JsonMapper.builder().build().readTree(all.get(all.size() - 1).body());
    }

    private TextCompleter open(Engine engine) {
        return runtimes(Map.of()).open(settings(engine, 5), new PromptForm.Text(), limits(1));
    }

    private EngineSettings settings(Engine engine, double timeout) {
        return new EngineSettings(engine, server.url(), null, Api.COMPLETIONS, PromptAs.TEXT, "NO_KEY", timeout);
    }

    private static EngineLimits limits(int texts) {
        return EngineLimits.of(texts, 1);
    }

    private static Runtimes runtimes(Map<String, String> environment) {
        return new Runtimes(environment);
    }
}
