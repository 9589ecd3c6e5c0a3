package org.sqltune.inference.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ChatMessage.Role;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.inference.engine.PromptTooLongException;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.tokenizer.ModelChat;

@Timeout(60)
class AnswerServiceTest {
    private static final GenerationSettings GREEDY = GenerationSettings.greedy(16);
    private static final VerbatimSchema SHOP = new VerbatimSchema("TABLE: orders (id (number))");

    private final FakeCompleter completer = new FakeCompleter();
    private final AnswerService service = new AnswerService(
            completer,
            new ModelPrompts(
                    PromptContract.of(DataSettings.defaults()),
                    TokenEstimate::of,
                    () -> new ModelChat(null, "", Map.of("bos_token", "<s>", "eos_token", "</s>"))),
            TokenEstimate::of);

    /** Answers at once, or when it is told to; knows prompts of at most so many characters. */
    private static final class FakeCompleter implements TextCompleter {
        private final List<TextRequest> requests = Collections.synchronizedList(new ArrayList<>());
        private final List<TextTicket> held = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch asked = new CountDownLatch(1);
        private int context = 100_000;
        private boolean holds;
        private boolean closed;

        @Override
        public TextTicket submit(TextRequest request, TextListener listener) {
            requests.add(request);
            if (request.prompt().length() > context) {
                throw new PromptTooLongException(request.prompt().length(), context);
            }
            TextTicket[] own = new TextTicket[1];
            own[0] = new TextTicket(() -> own[0].complete(answer("SELECT", End.CANCELLED)));
            if (holds) {
                held.add(own[0]);
                asked.countDown();
            } else {
                listener.text("SELECT ");
                listener.text("1; and more");
                own[0].complete(answer("SELECT 1; and more", End.STOP));
            }
            return own[0];
        }

        private static TextAnswer answer(String text, End end) {
            return new TextAnswer(text, end, 10, 4, 5, 0, 1, 2);
        }

        @Override
        public Set<String> adapters() {
            return Set.of("sales");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aQuestionIsWrittenAsTheContractSaysAndItsSqlIsFound() {
        List<String> pieces = new ArrayList<>();
        Answer answer = service.submit(question("How many orders?").withAdapter("sales"), pieces::add)
                .await();

        assertThat(answer.sql()).isEqualTo("SELECT 1");
        assertThat(answer.cut()).isFalse();
        assertThat(pieces).containsExactly("SELECT ", "1; and more");
        TextRequest asked = completer.requests.get(0);
        assertThat(asked.prompt()).startsWith("[INST] ").contains("TABLE: orders", "How many orders?");
        assertThat(asked.adapter()).contains("sales");
        assertThat(asked.chat()).isFalse();
    }

    @Test
    void aConversationIsWrittenByAChatTemplateAndATextIsLeftAsItIs() {
        List<ChatMessage> messages = List.of(new ChatMessage(Role.USER, "How many?"));
        service.submit(AnswerRequest.of(new AnswerPrompt.Messages(messages), GREEDY), TextListener.NONE)
                .await();
        service.submit(AnswerRequest.of(new AnswerPrompt.Text("-- orders\nSELECT"), GREEDY), TextListener.NONE)
                .await();

        assertThat(completer.requests.get(0).prompt()).contains("[INST] How many? [/INST]");
        assertThat(completer.requests.get(0).chat()).isTrue();
        assertThat(completer.requests.get(1).prompt()).isEqualTo("-- orders\nSELECT");
        assertThat(completer.requests.get(1).chat()).isFalse();
    }

    @Test
    void whatIsLongestInAPromptThatIsTooLongIsNamed() {
        completer.context = 300;
        Schema schema = new Schema("shop", List.of(table("tiny", 1), table("wide", 40), table("small", 2)), List.of());
        AnswerRequest wide = AnswerRequest.of(new AnswerPrompt.Question("How many?", schema), GREEDY);
        assertThatThrownBy(() -> service.submit(wide, TextListener.NONE))
                .isInstanceOf(PromptTooLongException.class)
                .hasMessageMatching(
                        "The prompt has \\d+ tokens, and the model reads 300 of prompt and answer together: longest"
                                + " in it is table wide with \\d+ tokens; shorten the schema with data.schema_max_tokens");

        Schema broad = new Schema("shop", List.of(table("a", 20), table("b", 20), table("c", 20)), List.of());
        AnswerRequest many = AnswerRequest.of(new AnswerPrompt.Question("How many?", broad), GREEDY);
        assertThatThrownBy(() -> service.submit(many, TextListener.NONE))
                .hasMessageContaining("longest in it is the schema of 3 tables with ");

        AnswerRequest wordy = question("why ".repeat(200));
        assertThatThrownBy(() -> service.submit(wordy, TextListener.NONE))
                .hasMessageContaining("longest in it is the question with");
        List<ChatMessage> talk = List.of(
                new ChatMessage(Role.USER, "short"),
                new ChatMessage(Role.ASSISTANT, "long ".repeat(100)),
                new ChatMessage(Role.USER, "and?"));
        AnswerRequest chat = AnswerRequest.of(new AnswerPrompt.Messages(talk), GREEDY);
        assertThatThrownBy(() -> service.submit(chat, TextListener.NONE))
                .hasMessageContaining("longest in it is message 2 with");
    }

    private static Table table(String name, int columns) {
        List<Column> all = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            all.add(new Column("column_" + i, "INTEGER", false));
        }
        return new Table(name, all);
    }

    @Test
    void aBatchKeepsItsOrderAndAPromptThatIsTooLongHasAnEmptyAnswer() {
        completer.context = 400;
        List<SqlQuestion> questions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            questions.add(ModelPrompts.question("q" + i, i == 7 ? "why ".repeat(200) : "Question " + (200 - i), SHOP));
        }
        List<Long> told = new ArrayList<>();
        List<SqlPrediction> answers = new AnswerPredictor(service, Optional::empty, GREEDY)
                .predict(questions, (done, total, message) -> told.add(done));

        assertThat(answers)
                .extracting(SqlPrediction::id)
                .startsWith("q0", "q1", "q2")
                .hasSize(200);
        assertThat(answers.get(7).sql()).isEmpty();
        assertThat(answers.get(8).sql()).isEqualTo("SELECT 1");
        assertThat(answers.get(8).seconds()).isEqualTo(3);
        assertThat(told).hasSize(200).isSorted();
        assertThat(completer.requests).extracting(TextRequest::prompt).isSorted();
    }

    @Test
    void anInterruptCancelsTheBatch() throws Exception {
        completer.holds = true;
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<List<SqlPrediction>> batch =
                    thread.submit(() -> new AnswerPredictor(service, Optional::empty, GREEDY)
                            .predict(List.of(ModelPrompts.question("1", "How many?", SHOP)), ProgressListener.NONE));
            completer.asked.await();
            thread.shutdownNow();
            assertThatThrownBy(batch::get).hasCauseInstanceOf(InterruptedWorkException.class);
            assertThat(completer.held.get(0).await().end()).isEqualTo(End.CANCELLED);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void oneFailureEndsTheBatchInALine() {
        completer.holds = true;
        Thread failing = new Thread(() -> {
            try {
                completer.asked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            completer.held.forEach(each -> each.fail(new SqlTuneException("the server is gone: start it")));
        });
        failing.start();
        AnswerPredictor predictor = new AnswerPredictor(service, Optional::empty, GREEDY);
        assertThatThrownBy(() -> predictor.predict(
                        List.of(ModelPrompts.question("1", "How many?", SHOP)), ProgressListener.NONE))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("the server is gone: start it");
    }

    @Test
    void closingItClosesTheRuntime() {
        service.close();
        assertThat(completer.closed).isTrue();
    }

    private static AnswerRequest question(String text) {
        return AnswerRequest.of(new AnswerPrompt.Question(text, SHOP), GREEDY);
    }
}
