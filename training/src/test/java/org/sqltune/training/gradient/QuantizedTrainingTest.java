package org.sqltune.training.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.data.split.Splits;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.quantization.Nf4Weight;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.WeightSource;
import org.sqltune.training.TestModels;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.checkpoint.LoraModel;
import org.sqltune.training.checkpoint.MetricsLog;
import org.sqltune.training.loop.Trainer;

/** LoRA on a base in 4 bits: the gradients are those of the brought-back weights, and it learns. */
class QuantizedTrainingTest {
    private static final TokenBatch BATCH = new TokenBatch(
            new long[] {1, 5, 9, 40, 2, 77, 31, 60},
            new long[] {0, 1, 2, 3, 4, 5, 6, 7},
            new long[] {8},
            new long[] {-1},
            new long[] {3, 4, 5, 6},
            new long[] {2, 77, 31, 60});

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"FLOAT32, NONE", "FLOAT32, FULL", "BFLOAT16, FULL", "FLOAT32, SELECTIVE", "BFLOAT16, SELECTIVE"})
    void loraGradientsAreThoseOfTheBroughtBackWeights(ElementType type, GradientCheckpointing checkpointing)
            throws Exception {
        try (Torch torch = Torch.cpu()) {
            List<float[]> quantized = gradients(torch, false, type, checkpointing);
            List<float[]> expected = gradients(torch, true, type, checkpointing);
            assertThat(quantized).hasSameSizeAs(expected).hasSizeGreaterThan(8);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(quantized.get(i)).isEqualTo(expected.get(i)).isNotEqualTo(new float[expected.get(i).length]);
            }
        }
    }

    private static List<float[]> gradients(
            Torch torch, boolean broughtBack, ElementType type, GradientCheckpointing checkpointing) throws Exception {
        Path fixture = fixture("gqa_tied");
        DecoderConfig config = DecoderConfigReader.read(fixture);
        try (SafetensorsReader files = SafetensorsReader.ofModelFolder(torch, fixture);
                Decoder decoder = new Decoder(torch, config, type, new Source(torch, files, type, broughtBack));
                LoraAdapter adapter = PeftAdapterFiles.load(fixture.resolve("adapter"), decoder);
                GradientAccumulator sums = new GradientAccumulator(torch, adapter.all())) {
            assertThat(decoder.quantized()).isNotEqualTo(broughtBack);
            adapter.attach();
            ForwardBackward pass =
                    new ForwardBackward(decoder, adapter, sums, ForwardBackward.Options.plain(checkpointing));
            pass.run(BATCH, 0.25, 0);
            int before = torch.root().aliveCount();
            pass.run(BATCH, 0.25, 0);
            assertThat(torch.root().aliveCount()).isEqualTo(before);
            return sums.sums().stream().map(Tensor::toFloats).toList();
        }
    }

    /** A model's linear layers in NF4, or the same numbers as plain tensors. */
    private record Source(Torch torch, SafetensorsReader files, ElementType type, boolean broughtBack)
            implements WeightSource {
        @Override
        public Tensor weight(TensorScope owner, String name, long... shape) {
            return name.endsWith("_proj.weight")
                    ? quantize(owner, name, shape).dequantize(owner, type)
                    : files.read(owner, name, type, shape);
        }

        @Override
        public Optional<QuantizedWeight> quantized(TensorScope owner, String name, long... shape) {
            return broughtBack ? Optional.empty() : Optional.of(quantize(owner, name, shape));
        }

        private QuantizedWeight quantize(TensorScope owner, String name, long... shape) {
            return Nf4Weight.quantize(torch, owner, name, files.readApart(owner, name, shape));
        }
    }

    @Test
    void aFewStepsLowerTheLoss() throws Exception {
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(
                        torch, fixture("tiny_llama_with_tokenizer"), ElementType.BFLOAT16, Quantization.NF4)) {
            LoraAdapter adapter =
                    model.loadAdapter(fixture("tiny_llama_with_tokenizer").resolve("init_adapter"));
            TrainingSettings settings = TestModels.settings(
                    "training.output_dir=" + folder.resolve("out"),
                    "training.logging_steps=1",
                    "training.max_steps=12",
                    "training.learning_rate=2e-2",
                    "training.lr_scheduler_type=constant",
                    "training.per_device_train_batch_size=4",
                    "training.gradient_accumulation_steps=1");
            List<TokenizedExample> examples = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                examples.add(new TokenizedExample("e" + i, new long[] {1, 40 + i, 9}, new long[] {60 + i, 70 + i, 2}));
            }
            try (Trainer trainer = new Trainer(
                    new LoraModel(model, adapter, "base"),
                    settings,
                    new Splits<>(examples, List.of()),
                    false,
                    TrainingListener.NONE)) {
                trainer.run(false);
            }
            List<ObjectNode> lines = MetricsLog.read(folder.resolve("out/metrics.jsonl"));
            assertThat(lines).hasSize(12);
            assertThat(lines.get(11).path("loss").asDouble())
                    .isLessThan(0.7 * lines.get(0).path("loss").asDouble());
        }
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(QuantizedTrainingTest.class.getResource("/parity/" + name))
                .toURI());
    }
}
