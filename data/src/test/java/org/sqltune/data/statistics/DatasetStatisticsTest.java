package org.sqltune.data.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.statistics.DatasetStatistics.TokenSummary;

class DatasetStatisticsTest {
    /** Every character a token: lengths can be counted by eye. */
    private static final int LIMIT = 16;

    private static final List<PromptCompletion> ROWS = List.of(
            new PromptCompletion("1", "shop\nwho?", "SQL1"),
            new PromptCompletion("2", "zoo\nhow?", "SQL"),
            new PromptCompletion("3", "shop\nwhat?!?", "SQL1"),
            new PromptCompletion("4", "shop\nwho?", "S"));

    @Test
    void lengthsAreCountedByPart() {
        DatasetStatistics statistics = statistics(ROWS);

        assertThat(statistics.examples()).isEqualTo(4);
        assertThat(statistics.prefix()).isEqualTo(new TokenSummary(15 / 4.0, 5, 5, 5));
        assertThat(statistics.question()).isEqualTo(new TokenSummary(23 / 4.0, 5.5, 8, 8));
        assertThat(statistics.completion()).isEqualTo(new TokenSummary(3, 3.5, 4, 4));
        assertThat(statistics.whole()).isEqualTo(new TokenSummary(58 / 4.0, 14, 18, 18));
    }

    @Test
    void examplesBeyondTheLimitAreCounted() {
        List<PromptCompletion> rows = List.of(
                new PromptCompletion("fits", "p".repeat(10), "c".repeat(4)),
                new PromptCompletion("cut", "p".repeat(10), "c".repeat(5)),
                new PromptCompletion("nothing left", "p".repeat(16), "c"));

        DatasetStatistics statistics = statistics(rows);

        assertThat(statistics.maxLength()).isEqualTo(LIMIT);
        assertThat(statistics.truncated()).isEqualTo(2);
        assertThat(statistics.withoutTarget()).isEqualTo(1);
    }

    @Test
    void aSharedPrefixIsComputedOnce() {
        DatasetStatistics statistics = statistics(ROWS);

        assertThat(statistics.tokens()).isEqualTo(58);
        assertThat(statistics.tokensWithSharing()).isEqualTo(58 - 2 * "shop\n".length());
        assertThat(statistics.sharingRatio()).isEqualTo(58 / 48.0);
    }

    @Test
    void promptsWithTheSameFirstLetterShareNoLine() {
        DatasetStatistics statistics = statistics(
                List.of(new PromptCompletion("1", "same word", "c"), new PromptCompletion("2", "same wording", "c")));

        assertThat(statistics.prefix().max()).isZero();
        assertThat(statistics.sharingRatio()).isEqualTo(1);
    }

    @Test
    void thePrefixOfAPromptIsTheLongestSharedOne() {
        SharedPrefixes prefixes =
                new SharedPrefixes(List.of("do\na\n1", "do\na\n2", "do\na\nb\n1", "do\na\nb\n2", "do\nz"));

        assertThat(prefixes.of("do\na\n1")).isEqualTo("do\na\n");
        assertThat(prefixes.of("do\na\nb\n2")).isEqualTo("do\na\nb\n");
        assertThat(prefixes.of("do\nz")).isEqualTo("do\n");
    }

    @Test
    void categoriesAreCountedByTheFunctionGiven() {
        DatasetStatistics statistics = DatasetStatistics.of(
                ROWS, String::length, 0, LIMIT, row -> row.completion().length() > 3 ? "long" : "short");

        assertThat(statistics.categories()).containsEntry("long", 2).containsEntry("short", 2);
    }

    @Test
    void percentilesAreTakenByNearestRank() {
        assertThat(TokenSummary.of(IntStream.rangeClosed(1, 100).toArray()))
                .isEqualTo(new TokenSummary(50.5, 50.5, 95, 100));
        assertThat(TokenSummary.of(new int[] {7})).isEqualTo(new TokenSummary(7, 7, 7, 7));
    }

    @Test
    void anEmptySetIsAllZeros() {
        DatasetStatistics statistics = statistics(List.of());

        assertThat(statistics.whole()).isEqualTo(new TokenSummary(0, 0, 0, 0));
        assertThat(statistics.sharingRatio()).isEqualTo(1);
    }

    private static DatasetStatistics statistics(List<PromptCompletion> rows) {
        return DatasetStatistics.of(rows, String::length, 2, LIMIT, row -> "any");
    }
}
