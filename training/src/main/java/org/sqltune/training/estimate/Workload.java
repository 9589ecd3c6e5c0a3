package org.sqltune.training.estimate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.sqltune.core.config.BatchSettings;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.PromptDataset;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.training.BatchPlanner;
import org.sqltune.training.ExampleTokenizer;
import org.sqltune.training.TokenizedExample;

/**
 * What a run computes: its steps, and the rows of some of them, as training will arrange them.
 *
 * @param steps optimizer steps in all
 * @param stepsPerEpoch steps in one pass over the data
 * @param sampledSteps how many steps were tokenised and arranged
 * @param sampledTokens tokens of their examples, prefixes counted for each
 * @param rows their rows
 * @param sampleRow one of them, of middling size
 * @param evaluationRows rows of the validation set, or of a part of it; none without one
 * @param evaluationTokens tokens that one evaluation computes
 * @param distinctTokens different tokens in what was tokenised
 * @param dataBytes what the data takes on Java's heap
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
    /** Examples that are tokenised at most: a third of a second. */
    private static final int SAMPLE = 8192;

    private static final int EVALUATION_SAMPLE = 1024;
    private static final int EVALUATION_EXAMPLES_AT_ONCE = 256;

    Workload {
        rows = List.copyOf(rows);
        evaluationRows = List.copyOf(evaluationRows);
    }

    /**
     * Tokenises the data, or some steps of it, the one with the longest text among them.
     *
     * @throws org.sqltune.core.SqlTuneException if there is nothing to train on
     */
    static Workload of(RunConfig config, PromptDataset data, Tokenizer tokenizer) {
        return new Sampler(config, tokenizer).sample(data);
    }

    /** Tokens of a step's examples. */
    double tokensPerStep() {
        return (double) sampledTokens / sampledSteps;
    }

    /** Tokens of a step that are computed: a shared beginning counts once. */
    double computedPerStep() {
        return (double) RowShape.tokens(rows) / sampledSteps;
    }

    /** Reads a data set in the order of the run. */
    private static final class Sampler {
        private final RunConfig config;
        private final BatchSettings batches;
        private final ExampleTokenizer tokenizer;
        private final TreeSet<Long> distinct = new TreeSet<>();

        Sampler(RunConfig config, Tokenizer tokenizer) {
            this.config = config;
            this.batches = config.training().batches();
            this.tokenizer = new ExampleTokenizer(tokenizer, batches.maxLength());
        }

        Workload sample(PromptDataset data) {
            List<PromptCompletion> order = new ArrayList<>(data.train());
            if (config.data().shuffle()) {
                Collections.shuffle(order, new Random(config.training().seed()));
            }
            int perStep = batches.examplesPerStep();
            int perEpoch = Math.max(1, (order.size() + perStep - 1) / perStep);
            int steps = steps(perEpoch);
            BatchPlanner planner = new BatchPlanner(
                    batches.sharePrefixes(), batches.perDeviceTrainBatchSize(), BatchPlanner.TOKENS_A_ROW, length -> 0);
            List<TokenBatch> rows = new ArrayList<>();
            long tokens = 0;
            List<Integer> chosen = chosen(order, perStep, Math.min(steps, perEpoch));
            List<PromptCompletion> texts = new ArrayList<>();
            chosen.forEach(step -> texts.addAll(examples(order, step, perStep)));
            List<TokenizedExample> all = tokenize("training", texts);
            for (int start = 0; start < all.size(); start += perStep) {
                List<TokenizedExample> examples = all.subList(start, Math.min(all.size(), start + perStep));
                tokens += examples.stream().mapToLong(TokenizedExample::length).sum();
                rows.addAll(planner.plan(examples));
            }
            Evaluation evaluation = evaluation(data.validation());
            long characters = characters(data.train()) + characters(data.validation()) + characters(data.test());
            double tokensACharacter = tokens / (double) Math.max(1, characters(texts));
            return new Workload(
                    steps,
                    perEpoch,
                    chosen.size(),
                    tokens,
                    rows.stream().map(RowShape::of).toList(),
                    middling(rows),
                    evaluation.rows(),
                    evaluation.tokens(),
                    distinct.size(),
                    (long) (characters * (1 + Long.BYTES * tokensACharacter)));
        }

        private int steps(int perEpoch) {
            Integer maxSteps = config.training().length().maxSteps();
            return maxSteps != null
                    ? maxSteps
                    : (int) Math.ceil(config.training().length().numTrainEpochs() * perEpoch);
        }

        /** Steps to look at: evenly spaced, and the one with the longest text. */
        private static List<Integer> chosen(List<PromptCompletion> order, int perStep, int steps) {
            int count = Math.max(1, Math.min(steps, SAMPLE / perStep));
            TreeSet<Integer> chosen = new TreeSet<>();
            for (int i = 0; i < count; i++) {
                chosen.add((int) ((long) i * steps / count));
            }
            int longest = 0;
            int end = (int) Math.min(order.size(), (long) steps * perStep);
            for (int i = 1; i < end; i++) {
                longest = characters(order.get(i)) > characters(order.get(longest)) ? i : longest;
            }
            chosen.add(longest / perStep);
            return List.copyOf(chosen);
        }

        private static List<PromptCompletion> examples(List<PromptCompletion> order, int step, int perStep) {
            int start = Math.min(order.size(), step * perStep);
            return order.subList(start, Math.min(order.size(), start + perStep));
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
                planner.plan(examples.subList(start, end)).forEach(row -> rows.add(RowShape.of(row)));
            }
            return new Evaluation(rows, RowShape.tokens(rows) * validation.size() / texts.size());
        }

        private static TokenBatch middling(List<TokenBatch> rows) {
            List<TokenBatch> sorted = new ArrayList<>(rows);
            sorted.sort(java.util.Comparator.comparingInt(TokenBatch::tokens));
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
