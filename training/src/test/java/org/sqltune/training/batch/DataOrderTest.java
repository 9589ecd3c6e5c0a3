package org.sqltune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.training.TestModels;

/** Which examples meet in which step. */
class DataOrderTest {
    private static final int SCHEMA_TOKENS = 40;

    @Test
    void withoutShufflingAStepTakesTheFilesNextExamples() {
        List<TokenizedExample> examples = examples(3, 5, 1);
        DataOrder order = new DataOrder(new EpochOrder.AsGiven(examples), examples.size(), 4);
        assertThat(order.stepsPerEpoch()).isEqualTo(4);
        assertThat(order.step(1)).isEqualTo(examples.subList(4, 8));
        assertThat(order.step(3)).isEqualTo(examples.subList(12, 15));
        assertThat(order.step(4)).isEqualTo(examples.subList(0, 4));
    }

    /** Any numbers of schemas, questions and examples a step; repetition i uses seed i. */
    @RepeatedTest(20)
    void everyEpochVisitsEveryExampleOnce(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<TokenizedExample> examples = examples(1 + random.nextInt(6), 1 + random.nextInt(30), random.nextLong());
        EpochOrder order = sharing(examples, 1 + random.nextInt(9), random.nextLong());
        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(order.of(epoch)).containsExactlyInAnyOrderElementsOf(examples);
        }
    }

    @Test
    void eachEpochHasAnOrderOfItsOwnAndAlwaysTheSame() {
        List<TokenizedExample> examples = examples(4, 16, 1);
        EpochOrder order = sharing(examples, 4, 7);
        assertThat(order.of(1))
                .isNotEqualTo(order.of(0))
                .isEqualTo(sharing(examples, 4, 7).of(1));
        assertThat(sharing(examples, 4, 8).of(1)).isNotEqualTo(order.of(1));
    }

    @Test
    void questionsOfASchemaMeetInEveryStepAndWithOthersInEachEpoch() {
        List<TokenizedExample> examples = examples(8, 16, 1);
        EpochOrder order = sharing(examples, 4, 7);
        for (int start = 0; start < examples.size(); start += 4) {
            assertThat(order.of(0).subList(start, start + 4).stream()
                            .map(DataOrderTest::schema)
                            .distinct())
                    .hasSize(1);
        }
        assertThat(companies(order.of(0))).doesNotContainAnyElementsOf(companies(order.of(1)));
    }

    @Test
    void aStepMeetsSeveralSchemas() {
        List<TokenizedExample> examples = examples(20, 16, 1);
        DataOrder order = new DataOrder(sharing(examples, 4, 7), examples.size(), 16);
        double schemas = IntStream.range(0, order.stepsPerEpoch())
                .mapToLong(step -> order.step(step).stream()
                        .map(DataOrderTest::schema)
                        .distinct()
                        .count())
                .average()
                .orElseThrow();
        assertThat(schemas).isBetween(3.0, 4.0);
    }

    @Test
    void whatIsLeftOverOfSchemasDoesNotTearTheOthersApart() {
        List<TokenizedExample> examples = examples(5, 7, 1);
        List<TokenizedExample> first = sharing(examples, 4, 7).of(0);
        long whole = IntStream.range(0, examples.size() / 4)
                .filter(run -> first.subList(4 * run, 4 * run + 4).stream()
                                .map(DataOrderTest::schema)
                                .distinct()
                                .count()
                        == 1)
                .count();
        assertThat(whole).isGreaterThanOrEqualTo(5);
    }

    /** What all this is for: with 50 questions a schema, four together save more than half of the tokens. */
    @Test
    void fewerTokensAreComputedThanInAnOrderOfChance() {
        List<TokenizedExample> examples = examples(40, 50, 1);
        int chance = tokens(new EpochOrder.Shuffled(examples, 7), examples.size());
        int together = tokens(sharing(examples, 4, 7), examples.size());
        assertThat(together).isLessThan(chance / 2);
    }

    @Test
    void whereSchemasAreFewChanceBringsTheirQuestionsTogether() {
        List<TokenizedExample> examples = examples(5, 100, 1);
        assertThat(DataOrder.togetherByChance(
                        PrefixGrouping.ofTrainingSet(length -> 0).groups(examples), 32))
                .isCloseTo(7.2, within(1e-9));
        List<TokenizedExample> chance = new EpochOrder.Shuffled(examples, 42).of(0);
        assertThat(firstStep(examples, "training.gradient_accumulation_steps=32"))
                .isEqualTo(chance.subList(0, 32));
        assertThat(firstStep(examples, "training.gradient_accumulation_steps=32", "training.questions_per_prefix=8"))
                .isNotEqualTo(chance.subList(0, 32));
        List<TokenizedExample> many = examples(50, 10, 1);
        assertThat(firstStep(many))
                .isNotEqualTo(new EpochOrder.Shuffled(many, 42).of(0).subList(0, 16));
    }

    private static List<TokenizedExample> firstStep(List<TokenizedExample> examples, String... settings) {
        return DataOrder.of(examples, TestModels.settings(settings), true, length -> 0)
                .step(0);
    }

    @Test
    void schemasThatOnlyBeginAlikeStayApart() {
        long[] instruction = {1, 2, 3, 4, 5, 6, 7, 8};
        List<TokenizedExample> examples = new ArrayList<>();
        for (long schema = 0; schema < 5; schema++) {
            for (long question = 0; question < 4; question++) {
                long[] own = new long[] {100 + schema, 101, 102, 103, 104, 105, 106, 107, 200 + question, 300};
                examples.add(example(schema + "/" + question, concatenate(instruction, own)));
            }
        }
        List<PrefixGroup> groups = PrefixGrouping.ofTrainingSet(length -> 0).groups(examples);
        assertThat(groups).hasSize(5).allSatisfy(group -> {
            assertThat(group.members()).hasSize(4);
            assertThat(group.prefix()).isEqualTo(16);
        });
    }

    private static int tokens(EpochOrder order, int count) {
        DataOrder steps = new DataOrder(order, count, 16);
        BatchPlanner planner = new BatchPlanner(true, 1, 2048, length -> 0);
        return IntStream.range(0, steps.stepsPerEpoch())
                .flatMap(step -> planner.plan(steps.step(step)).stream()
                        .map(TokenBatch::ids)
                        .mapToInt(ids -> ids.length))
                .sum();
    }

    private static EpochOrder sharing(List<TokenizedExample> examples, int together, long seed) {
        return new EpochOrder.SharingPrefixes(
                PrefixGrouping.ofTrainingSet(length -> 0).groups(examples), together, seed);
    }

    /** Which examples stand beside which others. */
    private static List<HashSet<String>> companies(List<TokenizedExample> order) {
        List<HashSet<String>> companies = new ArrayList<>();
        for (int start = 0; start < order.size(); start += 4) {
            HashSet<String> company = new HashSet<>();
            order.subList(start, start + 4).forEach(each -> company.add(each.id()));
            companies.add(company);
        }
        return companies;
    }

    private static String schema(TokenizedExample example) {
        return example.id().substring(0, example.id().indexOf('/'));
    }

    /** Questions of several schemas, mixed. */
    private static List<TokenizedExample> examples(int schemas, int questions, long seed) {
        Random random = new Random(seed);
        List<TokenizedExample> examples = new ArrayList<>();
        for (int schema = 0; schema < schemas; schema++) {
            long[] prefix = random.longs(SCHEMA_TOKENS, 10, 1000).toArray();
            for (int question = 0; question < questions; question++) {
                examples.add(example(
                        schema + "/" + question,
                        concatenate(prefix, random.longs(6, 10, 1000).toArray())));
            }
        }
        Collections.shuffle(examples, random);
        return examples;
    }

    private static TokenizedExample example(String id, long... prompt) {
        return new TokenizedExample(id, prompt, new long[] {5, 6, 2});
    }

    private static long[] concatenate(long[] a, long[] b) {
        return LongStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }
}
