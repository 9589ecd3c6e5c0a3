package org.sqltune.training;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.sqltune.data.split.Splits;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.batch.TrainingOptionsFixture;
import org.sqltune.training.checkpoint.LoraModel;
import org.sqltune.training.checkpoint.MetricsLog;
import org.sqltune.training.checkpoint.RunIdentity;
import org.sqltune.training.checkpoint.TrainableModel;
import org.sqltune.training.loop.Trainer;

/** Short runs of a tiny model, varied in what a test is about. */
final class TinyRun {
    private final Path output;
    private final List<String> settings = new ArrayList<>();
    private List<TokenizedExample> train = examples(5, 10);
    private List<TokenizedExample> validation = examples(6, 4);
    private TrainingListener listener = TrainingListener.NONE;
    private AnswerScorer answers = AnswerScorer.NONE;
    private StopRequest stop = new StopRequest();
    private UnaryOperator<TrainableModel> change = UnaryOperator.identity();
    private ElementType type = ElementType.FLOAT32;

    /** Eight steps of two examples at a constant rate, each step logged. */
    TinyRun(Path output) {
        this.output = output;
        with(
                "output_dir=" + output,
                "max_steps=8",
                "per_device_train_batch_size=2",
                "gradient_accumulation_steps=1",
                "learning_rate=5e-3",
                "lr_scheduler_type=constant",
                "warmup_steps=0",
                "weight_decay=0.01",
                "save_steps=2",
                "save_total_limit=null",
                "logging_steps=1",
                "eval_steps=0");
    }

    /** Settings of section training, {@code key=value} each. */
    TinyRun with(String... more) {
        for (String each : more) {
            settings.add("training." + each);
        }
        return this;
    }

    TinyRun on(List<TokenizedExample> examples) {
        train = examples;
        return this;
    }

    TinyRun validatedOn(List<TokenizedExample> examples) {
        validation = examples;
        return this;
    }

    TinyRun toldTo(TrainingListener told) {
        listener = told;
        return this;
    }

    TinyRun scoredBy(AnswerScorer scorer) {
        answers = scorer;
        return this;
    }

    TinyRun stoppedBy(StopRequest request) {
        stop = request;
        return this;
    }

    /** Something done to the model before it is trained. */
    TinyRun changing(UnaryOperator<TrainableModel> how) {
        change = how;
        return this;
    }

    TinyRun in(ElementType arithmetic) {
        type = arithmetic;
        return this;
    }

    TrainingResult start() throws URISyntaxException {
        return run(false);
    }

    TrainingResult resume() throws URISyntaxException {
        return run(true);
    }

    private TrainingResult run(boolean resume) throws URISyntaxException {
        Path folder = TrainingOptionsFixture.model("tiny_llama_with_tokenizer");
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(torch, folder, type)) {
            LoraConfig config = new LoraConfig(4, 8, 0.1, List.of(LoraConfig.ALL_LINEAR));
            TrainableModel lora =
                    new LoraModel(model, model.useAdapter(LoraAdapter.create(model.decoder(), config, 3)), "tiny");
            Splits<TokenizedExample> sets = new Splits<>(train, validation);
            try (Trainer trainer = new Trainer(
                    change.apply(lora),
                    TestModels.settings(settings.toArray(String[]::new)),
                    sets,
                    false,
                    listener,
                    answers,
                    stop,
                    RunIdentity.of(null, model, sets))) {
                return trainer.run(resume);
            }
        }
    }

    /** metrics.jsonl without times. */
    List<String> lines() {
        return MetricsLog.read(output.resolve(MetricsLog.NAME)).stream()
                .peek(line -> line.remove("seconds"))
                .map(Object::toString)
                .toList();
    }

    Path finalWeights() {
        return output.resolve("final_model/adapter_model.safetensors");
    }

    static List<TokenizedExample> examples(long seed, int count) {
        Random random = new Random(seed);
        List<TokenizedExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(new TokenizedExample(
                    "e" + i,
                    random.longs(6 + i % 3, 3, 90).toArray(),
                    random.longs(4, 3, 90).toArray()));
        }
        return examples;
    }
}
