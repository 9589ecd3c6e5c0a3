package org.sqltune.training.loop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.data.split.Splits;
import org.sqltune.evaluation.BenchmarkScorer;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.AnswerProvenance;
import org.sqltune.training.AnswerScorer;
import org.sqltune.training.PipelineResult;
import org.sqltune.training.PipelineResult.ScoredSet;
import org.sqltune.training.PredictorFactory;
import org.sqltune.training.Resumption;
import org.sqltune.training.RunInterruptedException;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.TrainingResult;
import org.sqltune.training.batch.ExampleTokenizer;
import org.sqltune.training.batch.PreparedData;
import org.sqltune.training.batch.TokenCache;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.checkpoint.CheckpointStore;
import org.sqltune.training.checkpoint.LoraModel;
import org.sqltune.training.checkpoint.ResumeCheck;
import org.sqltune.training.checkpoint.ResumePoint;
import org.sqltune.training.checkpoint.ResumeRefusedException;
import org.sqltune.training.checkpoint.RunIdentity;
import org.sqltune.training.checkpoint.TrainableModel;
import org.sqltune.training.checkpoint.TrainableModels;
import org.sqltune.training.report.ModelCard;

/**
 * Runs a whole run: scores the untrained model, trains it, and scores it again on the same questions. All files are in
 * {@code training.output_dir}.
 */
public final class TrainingPipeline {
    private final ModelLoader loader;
    private final PredictorFactory predictors;
    private final AnswerProvenance provenance;
    private final TrainingListener listener;
    private final StopRequest stop;

    /**
     * A pipeline without stop request, whose reports don't describe what was evaluated; otherwise as the other
     * constructor.
     */
    public TrainingPipeline(ModelLoader loader, PredictorFactory predictors, TrainingListener listener) {
        this(loader, predictors, AnswerProvenance.UNKNOWN, listener, new StopRequest());
    }

    /**
     * @param loader loads models by name
     * @param predictors makes the predictors whose answers are scored
     * @param provenance what reports say of the questions and the model
     * @param listener receives the run's events
     * @param stop ends training after the current step, with a checkpoint and a {@link RunInterruptedException}
     */
    public TrainingPipeline(
            ModelLoader loader,
            PredictorFactory predictors,
            AnswerProvenance provenance,
            TrainingListener listener,
            StopRequest stop) {
        this.stop = stop;
        this.loader = loader;
        this.predictors = predictors;
        this.provenance = provenance;
        this.listener = listener;
    }

    /**
     * The data of a run.
     *
     * @param prompts the prompts and completions to train on and to compute the validation loss on
     * @param questions the questions to score by execution or exact match; null if the data holds ready prompts
     * @param databases the questions' databases; null if there are none
     * @param official the benchmark's official scorers; empty if the data is not a benchmark
     */
    public record RunData(
            Splits<PromptCompletion> prompts,
            @Nullable Splits<Example> questions,
            @Nullable QueryDatabases databases,
            List<BenchmarkScorer> official) {
        public RunData {
            official = List.copyOf(official);
        }

        /** Data that is no benchmark. */
        public RunData(
                Splits<PromptCompletion> prompts,
                @Nullable Splits<Example> questions,
                @Nullable QueryDatabases databases) {
            this(prompts, questions, databases, List.of());
        }
    }

    /**
     * Whether the data has what the configuration wants to be scored, before anything is begun.
     *
     * @throws org.sqltune.core.config.ConfigException if not
     */
    public static void check(RunConfig config, RunData data) {
        AnswerSample.check(config, data);
    }

    /**
     * Runs the whole run.
     *
     * @param resumption whether and how to resume from the newest checkpoint
     * @throws ResumeRefusedException if something changed since then that isn't allowed; nothing was written
     */
    public PipelineResult run(RunConfig config, RunData data, Resumption resumption) {
        try {
            PipelineResult result = trainAndScore(config, data, resumption);
            listener.finished(result);
            return result;
        } catch (RuntimeException | Error failure) {
            listener.failed(failure);
            throw failure;
        }
    }

    private PipelineResult trainAndScore(RunConfig config, RunData data, Resumption resumption) {
        List<String> notes = new ArrayList<>(data.prompts().notes());
        try (Torch torch = loader.openTorch(config.model())) {
            TrainableModel trainable = new TrainableModels(loader)
                    .load(
                            torch,
                            config,
                            data.questions() == null,
                            data.prompts().train().stream().anyMatch(PromptCompletion::isChat));
            try (LanguageModel model = trainable.model()) {
                Tokenization tokenization = new Tokenization(config, model, notes);
                ExampleTokenizer.Result train =
                        tokenization.of("training", data.prompts().train());
                ExampleTokenizer.Result validation = data.prompts().validation().isEmpty()
                        ? ExampleTokenizer.Result.EMPTY
                        : tokenization.of("validation", data.prompts().validation());
                lengthNote(config, model, train.examples()).ifPresent(notes::add);
                notes.forEach(listener::warned);
                Splits<TokenizedExample> sets = new Splits<>(train.examples(), validation.examples());
                RunIdentity identity = RunIdentity.of(config, model, sets);
                ResumePoint from = start(torch, config, identity, resumption);
                listener.prepared(new PreparedData(
                        data.prompts(),
                        train,
                        validation,
                        loader.devices().resolve(config.model().device()),
                        model.decoder().type(),
                        notes));
                AnswerScorer answers = AnswerSample.of(config, data, predictors.create(model));
                Scoring scoring = new Scoring(config, data, model);
                Map<String, Evaluation> before = scoring.score("before", null);
                TrainingResult result;
                try (Trainer trainer = new Trainer(
                        trainable,
                        config.training(),
                        sets,
                        config.data().shuffle(),
                        listener,
                        answers,
                        stop,
                        identity)) {
                    result = trainer.run(from);
                }
                if (config.training().method() == Method.LORA) {
                    new ModelCard(config, result, data.questions() == null).writeInto(result.finalModel());
                }
                Path fullModel = writeFullModel(trainable, result.finalModel(), config.training());
                Map<String, Evaluation> after = scoring.score("after", result.finalModel());
                return new PipelineResult(result, fullModel, pairs(before, after), notes);
            }
        }
    }

    /** Tells of a limit of an example's tokens that is above what the model knows. */
    private static Optional<String> lengthNote(RunConfig config, LanguageModel model, List<TokenizedExample> train) {
        int longest = config.training().batches().maxLength();
        int positions = model.decoder().config().maxPositions();
        if (longest <= positions) {
            return Optional.empty();
        }
        long longer = train.stream().filter(each -> each.length() > positions).count();
        return Optional.of("training.max_length " + longest + " is above the " + positions + " positions that "
                + config.model().name() + " knows (max_position_embeddings); " + longer + " of " + train.size()
                + " training examples are longer than that. Set training.max_length=" + positions);
    }

    /** Checked before the model is scored, which may take long. */
    private ResumePoint start(Torch torch, RunConfig config, RunIdentity identity, Resumption resumption) {
        if (!resumption.wanted()) {
            return ResumePoint.NEW_RUN;
        }
        CheckpointStore checkpoints =
                new CheckpointStore(torch, config.training().outputDir(), identity);
        return new ResumeCheck(checkpoints, listener).find(resumption.allowed());
    }

    /**
     * Writes the base model with the adapter merged in if {@code save_full_model} is on; null if it is off or there is
     * no adapter.
     */
    private @Nullable Path writeFullModel(TrainableModel trainable, Path adapter, TrainingSettings settings) {
        if (!settings.selection().saveFullModel() || !(trainable instanceof LoraModel lora)) {
            return null;
        }
        Path folder = settings.outputDir().resolve("full_model");
        lora.writeMerged(folder, adapter, listener.merging(folder));
        return folder;
    }

    private static List<ScoredSet> pairs(Map<String, Evaluation> before, Map<String, Evaluation> after) {
        List<ScoredSet> sets = new ArrayList<>();
        after.forEach((name, scores) -> {
            Evaluation old = before.get(name);
            if (old != null) {
                sets.add(new ScoredSet(name, old, scores));
            }
        });
        return sets;
    }

    /** Tokenises data sets and adds notes on truncated examples. */
    private static final class Tokenization {
        private final ExampleTokenizer tokenizer;
        private final Optional<TokenCache> cache;
        private final List<String> notes;

        Tokenization(RunConfig config, LanguageModel model, List<String> notes) {
            this.tokenizer = new ExampleTokenizer(
                    model.tokenizer(), config.training().batches().maxLength());
            this.cache = TokenCache.of(
                    config.training().datasetCache(), System.getenv(), Path.of(System.getProperty("user.home")));
            this.notes = notes;
        }

        ExampleTokenizer.Result of(String name, List<PromptCompletion> data) {
            ExampleTokenizer.Result result = cache.map(kept -> kept.tokenize(tokenizer, name, data))
                    .orElseGet(() -> tokenizer.tokenize(name, data));
            notes.addAll(result.truncation().notes(name));
            return result;
        }
    }

    /** Scores the same questions before and after training. */
    private final class Scoring {
        private final EvaluationSettings settings;
        private final Path output;
        private final LanguageModel model;
        private final Map<String, List<Example>> sets = new LinkedHashMap<>();
        private final Evaluator evaluator;

        Scoring(RunConfig config, RunData data, LanguageModel model) {
            this.settings = config.evaluation();
            this.output = config.training().outputDir();
            this.model = model;
            this.evaluator = Evaluator.of(settings, data.databases()).with(data.official());
            Splits<Example> questions = data.questions();
            if (questions != null && !settings.metrics().isEmpty()) {
                questions.heldOut().forEach(this::add);
            }
        }

        private void add(String name, List<Example> examples) {
            Integer limit = settings.maxSamples();
            List<Example> chosen = limit == null ? examples : examples.subList(0, Math.min(limit, examples.size()));
            if (!chosen.isEmpty()) {
                sets.put(name, chosen);
            }
        }

        Map<String, Evaluation> score(String when, @Nullable Path trained) {
            Map<String, Evaluation> scores = new LinkedHashMap<>();
            sets.forEach((name, examples) -> {
                ProgressListener progress = listener.scoring(name, when);
                Evaluation evaluation = evaluator.evaluate(examples, predictors.create(model), progress);
                evaluation.writeTo(
                        output.resolve("evaluation").resolve(name + "_" + when),
                        provenance.of(examples, model, trained));
                scores.put(name, evaluation);
                listener.scored(name, when, evaluation);
            });
            return scores;
        }
    }
}
