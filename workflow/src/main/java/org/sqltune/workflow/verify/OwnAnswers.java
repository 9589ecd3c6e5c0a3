package org.sqltune.workflow.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.config.settings.InferenceSettings.Constraint;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.answer.AnswerPredictor;
import org.sqltune.inference.answer.AnswerPrompt;
import org.sqltune.inference.answer.AnswerRequest;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCandidate;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TokenLogprob;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.inference.runtime.PromptForm;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.model.torch.Torch;
import org.sqltune.workflow.Workspace;

/** Greedy answers of a model by SqlTune's engine, token by token. It is loaded for them, and freed afterwards. */
final class OwnAnswers {
    private final Workspace workspace;
    private final RunConfig config;
    private final @Nullable Path adapter;

    OwnAnswers(Workspace workspace, RunConfig config, @Nullable Path adapter) {
        this.workspace = workspace;
        this.config = config;
        this.adapter = adapter;
    }

    /**
     * Answers.
     *
     * @return in the questions' order, those left out whose prompts are too long for the model
     */
    List<OwnAnswer> of(List<Example> examples, ModelPrompts prompts, ProgressListener progress) {
        InferenceSettings inference = config.inference().withConstraint(Constraint.NONE);
        try (Torch torch = workspace.loader().openTorch(config.model());
                LanguageModel model = workspace.loader().load(torch, config.model(), inference.weights());
                TextToSql sql = TextToSql.over(model, prompts, inference)) {
            if (adapter != null) {
                sql.use(adapter);
            }
            return answers(examples, sql, model.tokenizer(), progress);
        }
    }

    private List<OwnAnswer> answers(
            List<Example> examples, TextToSql sql, Tokenizer tokenizer, ProgressListener progress) {
        Optional<String> name = Optional.ofNullable(adapter).map(TextToSql::nameOf);
        GenerationSettings decoding =
                GenerationSettings.greedy(config.inference().maxNewTokens());
        List<SqlQuestion> questions = examples.stream().map(Example::toQuestion).toList();
        OwnAnswer[] answers = new OwnAnswer[questions.size()];
        int[] done = {0};
        // Probabilities come with the tokens' ids.
        AnswerPredictor predictor = new AnswerPredictor(sql.service(), () -> name, decoding.withLogprobs(0));
        predictor.answerEach(questions, (place, answer) -> {
            if (answer != null) {
                AnswerRequest asked = AnswerRequest.of(new AnswerPrompt.Question(questions.get(place)), decoding);
                TextRequest request = sql.service().written(asked);
                long[] prompt = PromptForm.Ids.of(tokenizer).tokenizer().apply(request);
                TextCandidate text = answer.text().candidates().get(0);
                answers[place] = answer(examples.get(place), request, prompt, text, tokenizer);
            }
            progress.advanced(++done[0], answers.length, "");
        });
        return Arrays.stream(answers).filter(Objects::nonNull).toList();
    }

    private static OwnAnswer answer(
            Example example, TextRequest request, long[] prompt, TextCandidate text, Tokenizer tokenizer) {
        boolean ended = text.end() == End.STOP;
        long[] all = text.tokens().stream().mapToLong(TokenLogprob::id).toArray();
        long[] ids = Arrays.copyOf(all, text.newTokens());
        List<String> texts = new ArrayList<>(IntStream.rangeClosed(0, ids.length)
                .mapToObj(count -> tokenizer.decode(Arrays.copyOf(ids, count)))
                .toList());
        return new OwnAnswer(example, request, prompt, ids, texts, ended);
    }
}
