package org.sqltune.training.estimate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.torch.ElementType;

/** Models of any size, as their config.json says, and runs of them. */
final class EstimateFixture {
    private static final String LLAMA = """
            {"model_type": "llama", "vocab_size": %d, "hidden_size": %d, "intermediate_size": %d,
             "num_hidden_layers": %d, "num_attention_heads": %d, "num_key_value_heads": %d,
             "max_position_embeddings": 2048, "rms_norm_eps": 1e-5, "tie_word_embeddings": false,
             "torch_dtype": "bfloat16"}
            """;

    private static final long SCORES_AT_ONCE = 1 << 20;

    private final Path folder;

    EstimateFixture(Path folder) {
        this.folder = folder;
    }

    /** A Llama with heads of 64 numbers, four query heads for a key head. */
    DecoderConfig llama(int layers, int hidden, int vocabulary) {
        return DecoderConfigReader.read(writeLlama(layers, hidden, vocabulary));
    }

    /** A folder with the config.json of such a model, and nothing else. */
    Path writeLlama(int layers, int hidden, int vocabulary) {
        int heads = hidden / 64;
        String json = LLAMA.formatted(vocabulary, hidden, 3 * hidden, layers, heads, Math.max(1, heads / 4));
        try {
            Path model = Files.createDirectories(folder.resolve("llama_" + layers + "_" + hidden + "_" + vocabulary));
            Files.writeString(model.resolve("config.json"), json);
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TinyLlama's sizes but for the heads of its keys. */
    DecoderConfig tinyLlama() {
        return llama(22, 2048, 32_000);
    }

    static RunConfig run(String... overrides) {
        return new RunConfigLoader(path -> true).load("test", "", List.of(overrides));
    }

    /** Steps of one row each, a text of so many tokens. */
    static Workload texts(int steps, int tokens) {
        long[] positions = IntStream.range(0, tokens).asLongStream().toArray();
        int targets = tokens / 8;
        TokenBatch row = new TokenBatch(
                new long[tokens],
                positions,
                new long[] {tokens},
                new long[] {-1},
                Arrays.copyOfRange(positions, tokens - targets, tokens),
                new long[targets]);
        RowShape shape = RowShape.of(row, SCORES_AT_ONCE);
        return new Workload(
                steps,
                steps,
                1,
                tokens,
                List.of(shape),
                TokenBatch.sequence(positions),
                List.of(),
                0,
                tokens,
                1_000_000);
    }

    static MemoryEstimate memory(DecoderConfig config, Workload workload, String... overrides) {
        return new MemoryModel(run(overrides), config, ElementType.BFLOAT16, workload).estimate();
    }
}
