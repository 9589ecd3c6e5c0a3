package org.sqltune.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.inference.constraint.Constraints;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TokenConstraint;

/**
 * Asks a language model, many questions at once. A schema's keys and values are computed once for all of its questions. An answer depends on its own question and id alone, also where it
 * is sampled. An interrupted thread ends the batch with an {@link InterruptedWorkException}.
 */
public final class ModelSqlPredictor implements SqlPredictor {
    private static final Logger log = LoggerFactory.getLogger(ModelSqlPredictor.class);

    private final LanguageModel model;
    private final PromptTemplate template;
    private final InferenceSettings settings;
    private final Constraints constraints;
    private boolean toldOfLongPrompts;

    /**
     * @param model asked as it is at each call, adapter included
     * @param template the prompt form it was trained with
     * @param settings how to decode
     */
    public ModelSqlPredictor(LanguageModel model, PromptTemplate template, InferenceSettings settings) {
        this.model = model;
        this.template = template;
        this.settings = settings;
        this.constraints = Constraints.of(model);
    }

    @Override
    public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
        try (BatchGenerator generator = newGenerator()) {
            return answered(runner(generator), questions, encode(questions), progress);
        }
    }

    private GeneratorRunner runner(BatchGenerator generator) {
        return new GeneratorRunner(generator, model.tokenizer());
    }

    /**
     * A predictor that keeps what it computed of prompts from call to call, for callers that ask in pieces. The model may
     * change between calls.
     */
    public Session openSession() {
        return new Session();
    }

    /** See {@link #openSession}. */
    public final class Session implements SqlPredictor, AutoCloseable {
        private final BatchGenerator generator = newGenerator();

        private Session() {}

        @Override
        public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
            return answered(runner(generator), questions, encode(questions), progress);
        }

        @Override
        public void close() {
            generator.close();
        }
    }

    private List<long[]> encode(List<SqlQuestion> questions) {
        return questions.stream().map(this::encode).toList();
    }

    private List<SqlPrediction> answered(
            GeneratorRunner runner, List<SqlQuestion> questions, List<long[]> prompts, ProgressListener progress) {
        tellOfLongPrompts(questions, prompts);
        // A hint: what prompts share is found in any order, but then it has to be kept for longer.
        List<Integer> order = IntStream.range(0, questions.size())
                .boxed()
                .sorted(Comparator.comparing(prompts::get, Arrays::compare))
                .toList();
        List<GeneratorRunner.Prompt> ordered = order.stream()
                .map(index -> new GeneratorRunner.Prompt(
                        prompts.get(index),
                        decoding(questions.get(index), prompts.get(index)),
                        constraint(questions.get(index))))
                .toList();
        List<GeneratorRunner.Continuation> answers = runner.run(ordered, progress);
        SqlPrediction[] predictions = new SqlPrediction[questions.size()];
        for (int i = 0; i < predictions.length; i++) {
            predictions[order.get(i)] = prediction(questions.get(order.get(i)), answers.get(i));
        }
        return new ArrayList<>(Arrays.asList(predictions));
    }

    /** A chat template writes the special tokens itself. */
    private long[] encode(SqlQuestion question) {
        String prompt = template.render(question);
        return template.isChat(question)
                ? model.tokenizer().encode(prompt)
                : model.tokenizer().encodePrompt(prompt);
    }

    /** Said once: prompts of one schema are alike in length. */
    private void tellOfLongPrompts(List<SqlQuestion> questions, List<long[]> prompts) {
        int positions = model.decoder().config().maxPositions();
        for (int i = 0; i < prompts.size() && !toldOfLongPrompts; i++) {
            if (prompts.get(i).length >= positions) {
                toldOfLongPrompts = true;
                log.warn(
                        "The prompt of question {} has {} tokens, but {} knows {} positions (max_position_embeddings): its"
                                + " answer means little, nor do those to other prompts of that length. Set"
                                + " data.schema_max_tokens",
                        questions.get(i).id(),
                        prompts.get(i).length,
                        model.folder(),
                        positions);
            }
        }
    }

    private GenerationSettings decoding(SqlQuestion question, long[] prompt) {
        // By what is asked and not by its place, so that a question gets the same sample alone and in a batch.
        long seed = 31L * question.id().hashCode()
                + Arrays.hashCode(prompt)
                + settings.decoding().seed();
        return GenerationSettings.of(settings.decoding()).withSeed(seed);
    }

    private Optional<TokenConstraint> constraint(SqlQuestion question) {
        return settings.constraint() == InferenceSettings.Constraint.NONE
                ? Optional.empty()
                : constraints.of(question.schema());
    }

    private SqlPrediction prediction(SqlQuestion question, GeneratorRunner.Continuation answer) {
        String sql = template.extractSql(answer.text());
        // What follows a whole statement may be cut: nobody asked for it.
        boolean cut = answer.limited() && answer.text().strip().endsWith(sql);
        return new SqlPrediction(question.id(), sql, answer.tokens(), answer.seconds(), cut);
    }

    /** For one thread at a time; its caller closes it. */
    private BatchGenerator newGenerator() {
        return model.newBatchGenerator(settings.maxBatchSize(), settings.kvCacheBytes());
    }
}
