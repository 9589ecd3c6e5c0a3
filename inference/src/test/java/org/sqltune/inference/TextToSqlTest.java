package org.sqltune.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.torch.Torch;

class TextToSqlTest {
    private static final InferenceSettings SHORT = InferenceSettings.decoding(0, 1, 24);

    private final List<SqlQuestion> questions = TinyModel.questions();

    @TempDir
    private Path folder;

    @BeforeAll
    static void useOneThread() {
        TinyModel.useOneThread();
    }

    @Test
    void aQuestionIsAnsweredAsTheModelAnswersIt() {
        SqlQuestion question = questions.get(0);
        try (TextToSql sql = load(TinyModel.adapter())) {
            assertThat(sql.answer(question.question(), question.schema()))
                    .isEqualTo(expected(TinyModel.adapter()).get(0))
                    .isNotEmpty();
        }
    }

    @Test
    void theAdapterDecidesTheAnswers() {
        List<String> base = expected(null);
        assertThat(expected(TinyModel.adapter())).isNotEqualTo(base);

        try (TextToSql sql = load(null)) {
            assertThat(answers(sql.predictor())).isEqualTo(base);
        }
    }

    @Test
    void whatIsKeptFromQuestionToQuestionDoesntChangeAnswers() {
        List<String> expected = expected(TinyModel.adapter());
        try (TextToSql sql = load(TinyModel.adapter())) {
            for (int round = 0; round < 2; round++) {
                List<String> oneByOne = questions.stream()
                        .map(question -> sql.answer(question).sql())
                        .toList();
                assertThat(oneByOne).isEqualTo(expected);
                assertThat(answers(sql.predictor())).isEqualTo(expected);
            }
        }
    }

    @Test
    void adaptersOverOneBaseAreSwitchedWithoutLeavingATrace() {
        List<String> base = expected(null);
        List<String> adapted = expected(TinyModel.adapter());
        try (TextToSql sql = load(null)) {
            sql.addAdapter("trained", TinyModel.adapter());
            assertThat(sql.adapters().names()).containsExactly("trained", AdapterSwitch.BASE);
            assertThat(answers(sql.predictor())).isEqualTo(base);
            sql.adapters().use("trained");
            assertThat(answers(sql.predictor())).isEqualTo(adapted);
            sql.adapters().use(AdapterSwitch.BASE);
            assertThat(answers(sql.predictor())).isEqualTo(base);
        }
    }

    @Test
    void aRowOfAFileIsAnsweredByTheAdapterItNames() throws Exception {
        SqlQuestion asked = questions.get(0);
        String row = "{\"question\": \"" + asked.question() + "\"";
        Path file = Files.writeString(
                folder.resolve("questions.jsonl"),
                row + ", \"adapter\": \"base\"}\n" + row + "}\n" + row + ", \"adapter\": \"second\"}");
        try (TextToSql sql = load(TinyModel.adapter())) {
            sql.addAdapter("second", TinyModel.adapter());
            List<SqlPrediction> answers = new BatchInference(sql.predictor(), sql.adapters(), asked.schema())
                    .run(file, folder.resolve("answers.jsonl"), ProgressListener.NONE);
            String adapted = expected(TinyModel.adapter()).get(0);
            assertThat(answers)
                    .extracting(SqlPrediction::sql)
                    .containsExactly(expected(null).get(0), adapted, adapted);
            assertThat(sql.adapters().active()).isEqualTo("trained_adapter");
        }
    }

    @Test
    void severalThreadsGetTheAnswersThatOneGets() throws Exception {
        List<String> expected = expected(TinyModel.adapter());
        try (TextToSql sql = load(TinyModel.adapter())) {
            List<CompletableFuture<List<String>>> threads = new ArrayList<>();
            ExecutorService pool = Executors.newFixedThreadPool(4);
            try {
                for (int i = 0; i < 4; i++) {
                    threads.add(CompletableFuture.supplyAsync(
                            () -> questions.stream()
                                    .map(question -> sql.answer(question).sql())
                                    .toList(),
                            pool));
                }
                for (CompletableFuture<List<String>> each : threads) {
                    assertThat(each.get()).isEqualTo(expected);
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void threadsWithAdaptersOfTheirOwnDontMix() throws Exception {
        List<String> base = expected(null);
        List<String> adapted = expected(TinyModel.adapter());
        try (TextToSql sql = load(null)) {
            sql.addAdapter("trained", TinyModel.adapter());
            List<CompletableFuture<Boolean>> threads = new ArrayList<>();
            ExecutorService pool = Executors.newFixedThreadPool(4);
            try {
                for (int i = 0; i < 4; i++) {
                    int first = i;
                    threads.add(CompletableFuture.supplyAsync(
                            () -> {
                                AdapterSwitch own = sql.ownAdapters();
                                SqlPredictor predictor = sql.predictor(own);
                                boolean right = true;
                                for (int round = 0; round < 4; round++) {
                                    boolean trained = (first + round) % 2 == 0;
                                    own.use(trained ? "trained" : AdapterSwitch.BASE);
                                    right &= answers(predictor).equals(trained ? adapted : base);
                                }
                                return right;
                            },
                            pool));
                }
                for (CompletableFuture<Boolean> each : threads) {
                    assertThat(each.get()).isTrue();
                }
            } finally {
                pool.shutdownNow();
            }
            assertThat(sql.adapters().active()).isEqualTo(AdapterSwitch.BASE);
        }
    }

    @Test
    void anInterruptStopsTheAnswerAndTheNextOneIsRight() {
        SqlQuestion question = questions.get(0);
        try (TextToSql sql = load(TinyModel.adapter())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> sql.answer(question))
                    .isInstanceOf(InterruptedWorkException.class)
                    .hasMessage("The answer was stopped");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(sql.answer(question).sql())
                    .isEqualTo(expected(TinyModel.adapter()).get(0));
        }
    }

    @Test
    void anAnswerThatTheLimitOfTokensEndsSaysSo() throws Exception {
        SqlQuestion question = questions.get(0);
        try (TextToSql sql = load(TinyModel.adapter(), InferenceSettings.decoding(0, 1, 3))) {
            SqlPrediction cut = sql.answer(question);
            assertThat(cut.cut()).isTrue();
            assertThat(cut.generatedTokens()).isEqualTo(3);
            StringWriter rows = new StringWriter();
            Path file = Files.writeString(
                    folder.resolve("questions.jsonl"), "{\"question\": \"" + question.question() + "\"}");
            new BatchInference(sql.predictor(), question.schema()).run(file, rows, ProgressListener.NONE);
            assertThat(rows.toString()).endsWith(",\"cut\":true}\n");
        }
        try (TextToSql sql = load(TinyModel.adapter(), InferenceSettings.decoding(0, 1, 200))) {
            SqlPrediction whole = sql.answer(question);
            assertThat(whole.generatedTokens()).isLessThan(200);
            assertThat(whole.cut()).isFalse();
        }
    }

    @Test
    void anAdapterIsCalledAfterItsRun() {
        assertThat(TextToSql.nameOf(Path.of("outputs/sales/final_model"))).isEqualTo("sales");
        assertThat(TextToSql.nameOf(Path.of("outputs/sales/checkpoint-20"))).isEqualTo("sales");
        assertThat(TextToSql.nameOf(Path.of("adapters/stock"))).isEqualTo("stock");
    }

    @Test
    void anAdapterThatIsNotThereOrCannotBeCalledSoIsRefused() {
        try (TextToSql sql = load(TinyModel.adapter())) {
            assertThatThrownBy(() -> sql.adapters().use("stock"))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContainingAll("stock", "trained_adapter");
            assertThatThrownBy(() -> sql.addAdapter("base", TinyModel.adapter()))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("can't be called base");
            assertThat(sql.adapters().active()).isEqualTo("trained_adapter");
        }
    }

    @Test
    void aFolderNameAloneIsEnoughToLoadAModel() {
        SqlQuestion question = questions.get(1);
        try (TextToSql sql = TextToSql.load(TinyModel.folder().toString(), TinyModel.adapter())) {
            assertThat(sql.answer(question).id()).isEqualTo(question.id());
        }
    }

    @Test
    void aMissingModelOrAdapterIsNamed() {
        Path none = folder.resolve("none");

        assertThatThrownBy(() -> TextToSql.load(none.toString(), null))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(none.toString());
        assertThatThrownBy(() -> load(none))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(none.toString());
    }

    @Test
    void aFileOfQuestionsIsAnsweredByTheModel() throws Exception {
        Path file = Files.writeString(
                folder.resolve("questions.jsonl"),
                "{\"id\": \"q0\", \"question\": \"" + questions.get(0).question() + "\"}");
        Path output = folder.resolve("answers.jsonl");
        try (TextToSql sql = load(TinyModel.adapter())) {
            List<SqlPrediction> answers = new BatchInference(
                            sql.predictor(), questions.get(0).schema())
                    .run(file, output, ProgressListener.NONE);

            assertThat(answers)
                    .extracting(SqlPrediction::sql)
                    .containsExactly(expected(TinyModel.adapter()).get(0));
            assertThat(Files.readAllLines(output)).hasSize(1);
        }
    }

    /** The answers of a model that keeps nothing from question to question. */
    private List<String> expected(@Nullable Path adapter) {
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(torch, TinyModel.folder(), null)) {
            if (adapter != null) {
                model.loadAdapter(adapter);
            }
            return answers(new ModelPredictor(model, new ModelPrompts(TinyModel.TEMPLATE), SHORT));
        }
    }

    private List<String> answers(SqlPredictor predictor) {
        return predictor.predict(questions, ProgressListener.NONE).stream()
                .map(SqlPrediction::sql)
                .toList();
    }

    private TextToSql load(@Nullable Path adapter) {
        return load(adapter, SHORT);
    }

    private TextToSql load(@Nullable Path adapter, InferenceSettings inference) {
        ModelSettings defaults = ModelSettings.defaults();
        ModelSettings settings = new ModelSettings(
                TinyModel.folder().toString(),
                defaults.revision(),
                defaults.dtype(),
                defaults.device(),
                defaults.quantization());
        HubSettings offline = HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), folder);
        ModelFolders folders = new ModelFolders(folder, ModelHub.over(() -> offline, DownloadDisplay.NONE));
        return TextToSql.load(
                new ModelLoader(folders),
                settings,
                adapter,
                new ModelPrompts(PromptContract.of(DataSettings.defaults()), TokenEstimate::of),
                inference);
    }
}
