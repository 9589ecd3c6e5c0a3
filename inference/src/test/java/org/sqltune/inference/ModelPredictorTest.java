package org.sqltune.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

class ModelPredictorTest {
    private static final InferenceSettings GREEDY = InferenceSettings.decoding(0, 1, 24);
    private static final InferenceSettings SAMPLED = InferenceSettings.decoding(1.0, 0.95, 24);

    private final List<SqlQuestion> questions = TinyModel.questions();
    private Torch torch;
    private LanguageModel model;

    @BeforeAll
    static void useOneThread() {
        TinyModel.useOneThread();
    }

    @BeforeEach
    void load() {
        torch = Torch.cpu();
        model = LanguageModel.load(torch, TinyModel.folder(), ElementType.FLOAT32);
        model.loadAdapter(TinyModel.adapter());
    }

    @AfterEach
    void close() {
        model.close();
        torch.close();
    }

    @Test
    void answersComeInTheQuestionsOrder() {
        List<SqlPrediction> answers = predict(GREEDY, questions);
        List<SqlQuestion> reversed = new ArrayList<>(questions);
        Collections.reverse(reversed);
        List<SqlPrediction> reversedAnswers = new ArrayList<>(predict(GREEDY, reversed));
        Collections.reverse(reversedAnswers);

        assertThat(answers).extracting(SqlPrediction::id).containsExactlyElementsOf(ids(questions));
        assertThat(sql(reversedAnswers)).isEqualTo(sql(answers));
        assertThat(new HashSet<>(sql(answers))).hasSizeGreaterThan(2);
    }

    @Test
    void anAnswerIsTheSameAloneAndInABatch() {
        for (InferenceSettings settings : List.of(GREEDY, SAMPLED)) {
            List<String> alone = questions.stream()
                    .map(question -> predict(settings, List.of(question)).get(0).sql())
                    .toList();

            assertThat(sql(predict(settings, questions))).isEqualTo(alone);
        }
    }

    @Test
    void answersAreWhatTheGeneratorMakesOfEachPromptWithoutAPrefixInTheCache() {
        List<String> expected = new ArrayList<>();
        for (SqlQuestion question : questions) {
            try (TextGenerator generator = model.newGenerator()) {
                long[] prompt = model.tokenizer().encodePrompt(TinyModel.TEMPLATE.render(question));
                long[] ids = generator.generate(prompt, GenerationSettings.greedy(GREEDY.maxNewTokens()));
                expected.add(TinyModel.TEMPLATE.extractSql(model.tokenizer().decode(ids)));
            }
        }

        assertThat(sql(predict(GREEDY, questions))).isEqualTo(expected);
    }

    @Test
    void samplingRepeatsAndDiffersByTheQuestionsId() {
        SqlQuestion question = questions.get(0);
        List<SqlQuestion> sameQuestion = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sameQuestion.add(new SqlQuestion("sample-" + i, "", question.question(), question.schema()));
        }

        List<String> samples = sql(predict(SAMPLED, sameQuestion));

        assertThat(sql(predict(SAMPLED, sameQuestion))).isEqualTo(samples);
        assertThat(new HashSet<>(samples)).hasSizeGreaterThan(1);
    }

    @Test
    void greedyAnswersDontDependOnTheId() {
        SqlQuestion question = questions.get(0);
        SqlQuestion renamed = new SqlQuestion("other", "", question.question(), question.schema());

        assertThat(sql(predict(GREEDY, List.of(renamed)))).isEqualTo(sql(predict(GREEDY, List.of(question))));
    }

    @Test
    void anAdapterChangedBetweenTwoCallsIsHeeded() {
        List<String> tuned = sql(predict(GREEDY, questions));
        ModelPredictor predictor = predictor(GREEDY);
        assertThat(sql(predictor.predict(questions, ProgressListener.NONE))).isEqualTo(tuned);

        model.removeAdapter();

        assertThat(sql(predictor.predict(questions, ProgressListener.NONE))).isNotEqualTo(tuned);
    }

    @Test
    void progressTokensAndTimeAreTold() {
        List<Long> done = new ArrayList<>();

        List<SqlPrediction> answers =
                predictor(GREEDY).predict(questions, (now, total, message) -> done.add(now * 100 + total));

        assertThat(done).containsExactly(108L, 208L, 308L, 408L, 508L, 608L, 708L, 808L);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.generatedTokens()).isBetween(0, GREEDY.maxNewTokens());
            assertThat(answer.seconds()).isPositive();
        });
    }

    @Test
    void eachAnswerIsHandedOverAsSoonAsItIsThere() {
        List<String> expected = sql(predict(GREEDY, questions));
        String[] found = new String[questions.size()];

        predictor(GREEDY).predictEach(questions, (place, answer) -> found[place] = answer.sql());

        assertThat(found).containsExactlyElementsOf(expected);
    }

    @Test
    void whatTheListenerThrowsEndsTheBatch() {
        List<Integer> told = new ArrayList<>();

        assertThatThrownBy(() -> predictor(GREEDY).predictEach(questions, (place, answer) -> {
                    told.add(place);
                    throw new IllegalStateException("no more");
                }))
                .hasMessage("no more");
        assertThat(told).hasSize(1);
    }

    @Test
    void noQuestionsGetNoAnswers() {
        assertThat(predict(GREEDY, List.of())).isEmpty();
    }

    @Test
    void nothingLeaks() {
        predict(GREEDY, questions);
        int before = torch.root().aliveCount();

        predict(GREEDY, questions);
        predict(SAMPLED, questions);

        assertThat(torch.root().aliveCount()).isEqualTo(before);
    }

    private List<SqlPrediction> predict(InferenceSettings settings, List<SqlQuestion> asked) {
        return predictor(settings).predict(asked, ProgressListener.NONE);
    }

    private ModelPredictor predictor(InferenceSettings settings) {
        return new ModelPredictor(model, new ModelPrompts(TinyModel.TEMPLATE), settings);
    }

    private static List<String> ids(List<SqlQuestion> questions) {
        return questions.stream().map(SqlQuestion::id).toList();
    }

    private static List<String> sql(List<SqlPrediction> answers) {
        return answers.stream().map(SqlPrediction::sql).toList();
    }
}
