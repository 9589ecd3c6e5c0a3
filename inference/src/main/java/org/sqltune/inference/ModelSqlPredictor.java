package org.sqltune.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;

/**
 * Asks a language model. Questions whose prompts begin alike are asked one after the other, so that a schema's keys and
 * values are computed once for all of its questions. An answer depends on its own question and id alone, also where it
 * is sampled.
 */
public final class ModelSqlPredictor implements SqlPredictor {
    private final LanguageModel model;
    private final PromptTemplate template;
    private final InferenceSettings settings;

    /**
     * @param model asked as it is at each call, adapter included
     * @param template the prompt form it was trained with
     * @param settings how to decode
     */
    public ModelSqlPredictor(LanguageModel model, PromptTemplate template, InferenceSettings settings) {
        this.model = model;
        this.template = template;
        this.settings = settings;
    }

    @Override
    public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
        try (TextGenerator generator = model.newGenerator()) {
            return predict(generator, questions, progress);
        }
    }

    /**
     * A predictor that remembers the last prompt's keys and values from call to call, for callers that ask in pieces. The
     * model may change between calls.
     */
    public Session openSession() {
        return new Session();
    }

    /** See {@link #openSession}. */
    public final class Session implements SqlPredictor, AutoCloseable {
        private final TextGenerator generator = model.newGenerator();

        private Session() {}

        @Override
        public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
            return ModelSqlPredictor.this.predict(generator, questions, progress);
        }

        @Override
        public void close() {
            generator.close();
        }
    }

    /**
     * As {@link #predict(List, ProgressListener)} with a generator of the caller's, which remembers the last prompt from
     * call to call. The model mustn't change between them.
     */
    List<SqlPrediction> predict(TextGenerator generator, List<SqlQuestion> questions, ProgressListener progress) {
        List<long[]> prompts = questions.stream()
                .map(question -> model.tokenizer().encodePrompt(template.render(question)))
                .toList();
        List<Integer> order = IntStream.range(0, questions.size())
                .boxed()
                .sorted(Comparator.comparing(prompts::get, Arrays::compare))
                .toList();
        SqlPrediction[] answers = new SqlPrediction[questions.size()];
        int done = 0;
        for (int index : order) {
            answers[index] = answer(generator, questions.get(index), prompts.get(index));
            progress.advanced(++done, answers.length, "");
        }
        return new ArrayList<>(Arrays.asList(answers));
    }

    private SqlPrediction answer(TextGenerator generator, SqlQuestion question, long[] prompt) {
        long start = System.nanoTime();
        // By what is asked and not by its place, so that a question gets the same sample alone and in a batch.
        long seed = 31L * question.id().hashCode() + Arrays.hashCode(prompt);
        long[] ids = generator.generate(
                prompt, new GenerationSettings(settings.temperature(), settings.topP(), settings.maxNewTokens(), seed));
        String text = model.tokenizer().decode(ids);
        String sql = template.extractSql(text);
        // What follows a whole statement may be cut: nobody asked for it.
        boolean cut = ids.length == settings.maxNewTokens() && text.strip().endsWith(sql);
        return new SqlPrediction(question.id(), sql, ids.length, (System.nanoTime() - start) / 1e9, cut);
    }
}
