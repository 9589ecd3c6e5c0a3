package org.sqltune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.TokenBatch;

class BatchPlannerTest {
    private static final int PREFIX = 50;
    private static final int OWN = 10;

    @TempDir
    private Path folder;

    @Test
    void rowsKeepToTheirBudgetAndRepeatABeginningWhereItsQuestionsDontFitInOne() {
        for (int budget : new int[] {100, 250, 1000}) {
            List<TokenBatch> rows = new BatchPlanner(true, 1, budget, length -> 0).plan(examples(3, 12));
            assertThat(rows).allSatisfy(row -> assertThat(row.tokens()).isLessThanOrEqualTo(budget));
            // An example's last token is predicted only.
            int own = 3 * 12 * (OWN - 1);
            int beginnings = (rows.stream().mapToInt(TokenBatch::tokens).sum() - own) / PREFIX;
            assertThat(beginnings).as("budget %d", budget).isEqualTo(budget == 100 ? 9 : 3);
            assertThat(rows.stream().mapToInt(row -> row.targets().length).sum())
                    .isEqualTo(3 * 12 * 2);
        }
    }

    @Test
    void aBeginningAndOneQuestionThatAreLongerThanTheBudgetAreARowOfTheirOwn() {
        List<TokenBatch> rows = new BatchPlanner(true, 1, 20, length -> 0).plan(examples(1, 3));
        assertThat(rows).hasSize(3);
    }

    @Test
    void smallModelsHaveLongerRowsUnlessSomethingElseIsSaid() throws IOException {
        assertThat(BatchPlanner.tokensPerRow(settings(), model(4, 2048))).isEqualTo(4096);
        assertThat(BatchPlanner.tokensPerRow(settings(), model(22, 2048))).isEqualTo(2048);
        assertThat(BatchPlanner.tokensPerRow(settings("training.max_tokens_per_row=512"), model(4, 2048)))
                .isEqualTo(512);
        assertThat(BatchPlanner.tokensPerRow(settings("training.max_tokens_per_row=auto"), model(4, 2048)))
                .isEqualTo(4096);
    }

    private static BatchSettings settings(String... overrides) {
        return new RunConfigLoader(path -> true)
                .load("test", "", List.of(overrides))
                .training()
                .batches();
    }

    private DecoderConfig model(int layers, int hidden) throws IOException {
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "llama", "vocab_size": 100, "hidden_size": %d, "intermediate_size": 64,
                 "num_hidden_layers": %d, "num_attention_heads": 16, "num_key_value_heads": 4,
                 "max_position_embeddings": 2048, "rms_norm_eps": 1e-5, "tie_word_embeddings": false}
                """.formatted(hidden, layers));
        return DecoderConfigReader.read(folder);
    }

    private static List<TokenizedExample> examples(int schemas, int questions) {
        List<TokenizedExample> examples = new ArrayList<>();
        for (int schema = 0; schema < schemas; schema++) {
            for (int question = 0; question < questions; question++) {
                int first = schema * 1000;
                long own = 10_000 + schema * 100 + question;
                long[] prompt = LongStream.concat(
                                LongStream.range(first, first + PREFIX),
                                LongStream.generate(() -> own).limit(OWN - 2))
                        .toArray();
                examples.add(new TokenizedExample(schema + "/" + question, prompt, new long[] {1, 2}));
            }
        }
        return examples;
    }
}
