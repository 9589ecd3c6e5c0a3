package org.sqltune.training.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.split.Splits;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.DenseAttention;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.training.batch.BatchPlanner;
import org.sqltune.training.batch.DataOrder;
import org.sqltune.training.batch.ExampleTokenizer;
import org.sqltune.training.batch.TokenizedExample;

/**
 * A run's steps, and the rows of a sample of them, arranged as in training.
 *
 * @param steps number of optimizer steps of the run
 * @param stepsPerEpoch steps in one pass over the data
 * @param sampledSteps number of steps in the sample
 * @param sampledTokens tokens of the sample's examples; a shared prefix counts once per example
 * @param rows the sample's rows
 * @param sampleRow the row of median length
 * @param evaluationRows rows of the validation set or of a sample of it; empty without one
 * @param evaluationTokens tokens that one evaluation computes
 * @param distinctTokens number of distinct tokens in the sample
 * @param dataBytes bytes of the whole data on the Java heap
 */
record Workload(
        int steps,
        int stepsPerEpoch,
        int sampledSteps,
        long sampledTokens,
        List<RowShape> rows,
        TokenBatch sampleRow,
        List<RowShape> evaluationRows,
        long evaluationTokens,
        long distinctTokens,
        long dataBytes) {
    /** Largest number of examples that are tokenised, taken in blocks of neighbours. */
    private static final int SAMPLE = 16_384;

    private static final int BLOCK = 256;

    /** Largest number of steps whose rows are arranged. */
    private static final int STEPS = 256;

    private static final int EVALUATION_SAMPLE = 1024;
    private static final int EVALUATION_EXAMPLES_AT_ONCE = 256;

    Workload {
        rows = List.copyOf(rows);
        evaluationRows = List.copyOf(evaluationRows);
    }

    /**
     * Tokenises the data, or a sample of it, and arranges the rows of some steps.
     *
     * @param decoder the model, whose size decides the length of rows
     * @throws org.sqltune.core.SqlTuneException if the training set is empty or has no target token
     */
    static Workload of(RunConfig config, Splits<PromptCompletion> data, Tokenizer tokenizer, DecoderConfig decoder) {
        return new Sampler(config, tokenizer, decoder).sample(data);
    }

    /** Returns the estimated number of rows of all steps. */
    double rowsInAll() {
        return (double) rows.size() / sampledSteps * steps;
    }

    /** Returns the mean number of tokens of a step's examples. */
    double tokensPerStep() {
        return (double) sampledTokens / sampledSteps;
    }

    /** Returns the mean number of tokens that the model computes per step; a shared prefix counts once per row. */
    double computedPerStep() {
        return (double) RowShape.tokens(rows) / sampledSteps;
    }

    /** Draws the sample from a data set in the order of the run. */
    private static final class Sampler {
        private final RunConfig config;
        private final BatchSettings batches;
        private final ExampleTokenizer tokenizer;
        private final DecoderConfig decoder;
        private final TreeSet<Long> distinct = new TreeSet<>();

        Sampler(RunConfig config, Tokenizer tokenizer, DecoderConfig decoder) {
            this.config = config;
            this.batches = config.training().batches();
            this.tokenizer = new ExampleTokenizer(tokenizer, batches.maxLength());
            this.decoder = decoder;
        }

        Workload sample(Splits<PromptCompletion> data) {
            List<PromptCompletion> texts = part(data.train());
            List<TokenizedExample> examples = tokenize("training", texts);
            DataOrder order =
                    DataOrder.of(examples, config.training(), config.data().shuffle(), length -> 0);
            int perStep = batches.examplesPerStep();
            int perEpoch = (int) Math.max(1, ((long) data.train().size() + perStep - 1) / perStep);
            int steps = steps(perEpoch);
            BatchPlanner planner = new BatchPlanner(
                    batches.sharePrefixes(),
                    batches.perDeviceTrainBatchSize(),
                    BatchPlanner.tokensPerRow(batches, decoder),
                    length -> 0);
            List<TokenBatch> rows = new ArrayList<>();
            long tokens = 0;
            List<Integer> chosen = chosen(Math.min(steps, order.stepsPerEpoch()));
            for (int step : chosen) {
                List<TokenizedExample> together = order.step(step);
                tokens += together.stream().mapToLong(TokenizedExample::length).sum();
                rows.addAll(planner.plan(together));
            }
            Evaluation evaluation = evaluation(data.validation());
            long characters = characters(data.all().toList());
            long tokenized =
                    examples.stream().mapToLong(TokenizedExample::length).sum();
            double tokensACharacter = tokenized / (double) Math.max(1, characters(texts));
            return new Workload(
                    steps,
                    perEpoch,
                    chosen.size(),
                    tokens,
                    rows.stream().map(this::shape).toList(),
                    median(rows),
                    evaluation.rows(),
                    evaluation.tokens(),
                    distinct.size(),
                    (long) (characters * (1 + Long.BYTES * tokensACharacter)));
        }

        /**
         * Returns all data, or evenly spaced blocks of it. Blocks keep neighbours together, which often share their
         * schema.
         */
        private static List<PromptCompletion> part(List<PromptCompletion> data) {
            if (data.size() <= SAMPLE) {
                return data;
            }
            List<PromptCompletion> part = new ArrayList<>();
            int blocks = SAMPLE / BLOCK;
            for (int i = 0; i < blocks; i++) {
                int start = (int) ((long) i * (data.size() - BLOCK) / (blocks - 1));
                part.addAll(data.subList(start, start + BLOCK));
            }
            return part;
        }

        private int steps(int perEpoch) {
            Integer maxSteps = config.training().length().maxSteps();
            return maxSteps != null
                    ? maxSteps
                    : (int) Math.ceil(config.training().length().numTrainEpochs() * perEpoch);
        }

        /** Returns the steps of the sample: all, or evenly spaced ones. */
        private static List<Integer> chosen(int steps) {
            int count = Math.min(steps, STEPS);
            return IntStream.range(0, count)
                    .mapToObj(i -> (int) ((long) i * steps / count))
                    .toList();
        }

        private List<TokenizedExample> tokenize(String name, List<PromptCompletion> texts) {
            List<TokenizedExample> examples = tokenizer.tokenize(name, texts).examples();
            for (TokenizedExample example : examples) {
                for (int i = 0; i < example.length(); i++) {
                    distinct.add(example.token(i));
                }
            }
            return examples;
        }

        private record Evaluation(List<RowShape> rows, long tokens) {}

        private Evaluation evaluation(List<PromptCompletion> validation) {
            if (validation.isEmpty()) {
                return new Evaluation(List.of(), 0);
            }
            List<PromptCompletion> texts = validation.subList(0, Math.min(validation.size(), EVALUATION_SAMPLE));
            List<TokenizedExample> examples = tokenize("validation", texts);
            BatchPlanner planner = new BatchPlanner(true, 1, BatchPlanner.TOKENS_A_ROW, length -> 0);
            List<RowShape> rows = new ArrayList<>();
            for (int start = 0; start < examples.size(); start += EVALUATION_EXAMPLES_AT_ONCE) {
                int end = Math.min(examples.size(), start + EVALUATION_EXAMPLES_AT_ONCE);
                planner.plan(examples.subList(start, end)).forEach(row -> rows.add(shape(row)));
            }
            return new Evaluation(rows, RowShape.tokens(rows) * validation.size() / texts.size());
        }

        private RowShape shape(TokenBatch row) {
            return RowShape.of(row, DenseAttention.scoresAtOnce(decoder));
        }

        private static TokenBatch median(List<TokenBatch> rows) {
            List<TokenBatch> sorted = new ArrayList<>(rows);
            sorted.sort(Comparator.comparingInt(TokenBatch::tokens));
            return sorted.get(sorted.size() / 2);
        }

        private static long characters(List<PromptCompletion> texts) {
            return texts.stream().mapToLong(Sampler::characters).sum();
        }

        private static int characters(PromptCompletion text) {
            return text.prompt().length() + text.completion().length();
        }
    }
}
