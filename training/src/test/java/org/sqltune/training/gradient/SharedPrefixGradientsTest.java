package org.sqltune.training.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.batch.BatchPlanner;
import org.sqltune.training.batch.TokenizedExample;

/** Loss and gradients of examples that share a beginning are those of separate rows. */
class SharedPrefixGradientsTest {
    private static final int PREFIX = 10;

    /** Windows of these fixtures are 6 wide and trained contexts 16 long, so examples of 13 to 22 tokens pass both. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gqa_tied",
                "llama_dynamic",
                "mistral_window",
                "qwen2",
                "qwen3",
                "gemma2",
                "phi3",
                "phi3_longrope",
                "gpt_neox",
                "gpt_neox_sequential"
            })
    void areThoseOfSeparateRows(String fixture) throws Exception {
        Path path = fixture(fixture);
        try (Torch torch = Torch.cpu();
                Decoder decoder = decoder(torch, path);
                LoraAdapter adapter = PeftAdapterFiles.load(path.resolve("adapter"), decoder);
                GradientAccumulator separate = accumulator(torch, adapter);
                GradientAccumulator shared = accumulator(torch, adapter)) {
            adapter.attach();
            List<TokenizedExample> examples = examples(decoder.config().vocabSize());
            List<TokenBatch> separateRows = plan(decoder, false, examples);
            List<TokenBatch> sharedRows = plan(decoder, true, examples);
            assertThat(tokens(sharedRows)).isLessThan(tokens(separateRows));
            double expected = run(decoder, adapter, separate, separateRows);
            assertThat(run(decoder, adapter, shared, sharedRows)).isCloseTo(expected, within(1e-3));
            for (int i = 0; i < adapter.all().size(); i++) {
                assertThat(relativeError(shared.sums().get(i), separate.sums().get(i)))
                        .as(adapter.all().get(i).name())
                        .isLessThan(1e-5);
            }
        }
    }

    private static GradientAccumulator accumulator(Torch torch, LoraAdapter adapter) {
        return new GradientAccumulator(torch, adapter.all());
    }

    private static List<TokenBatch> plan(Decoder decoder, boolean share, List<TokenizedExample> examples) {
        return new BatchPlanner(share, 1, 2048, decoder::lengthClass).plan(examples);
    }

    private static int tokens(List<TokenBatch> rows) {
        return rows.stream().mapToInt(TokenBatch::tokens).sum();
    }

    private static double run(
            Decoder decoder, LoraAdapter adapter, GradientAccumulator gradients, List<TokenBatch> rows) {
        ForwardBackward pass = new ForwardBackward(
                decoder, adapter, gradients, ForwardBackward.Options.plain(GradientCheckpointing.NONE));
        return rows.stream().mapToDouble(row -> pass.run(row, 0.1, 0)).sum();
    }

    private static List<TokenizedExample> examples(int vocabulary) {
        Random random = new Random(8);
        long[] prefix = random.longs(PREFIX, 3, vocabulary).toArray();
        List<TokenizedExample> examples = new ArrayList<>();
        for (int length : new int[] {3, 5, 5, 8, 12, 12}) {
            long[] own = random.longs(2, 3, vocabulary).toArray();
            long[] prompt =
                    LongStream.concat(LongStream.of(prefix), LongStream.of(own)).toArray();
            long[] completion = random.longs(length - 2, 3, vocabulary).toArray();
            examples.add(new TokenizedExample("e" + examples.size(), prompt, completion));
        }
        return examples;
    }

    private static double relativeError(Tensor actual, Tensor expected) {
        float[] a = actual.toFloats();
        float[] b = expected.toFloats();
        double difference = 0;
        double size = 0;
        for (int i = 0; i < b.length; i++) {
            difference += Math.pow(a[i] - b[i], 2);
            size += Math.pow(b[i], 2);
        }
        assertThat(size).isPositive();
        return Math.sqrt(difference / size);
    }

    private static Decoder decoder(Torch torch, Path folder) {
        DecoderConfig config = DecoderConfigReader.read(folder);
        try (SafetensorsReader weights = SafetensorsReader.ofModelFolder(torch, folder)) {
            return new Decoder(
                    torch,
                    config,
                    ElementType.FLOAT32,
                    (owner, name, shape) -> weights.read(owner, name, ElementType.FLOAT32, shape));
        }
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(SharedPrefixGradientsTest.class.getResource("/parity/" + name))
                .toURI());
    }
}
