package org.sqltune.inference.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.example.AnswerEvidence.Outcome;
import org.sqltune.inference.choice.Confidence.Judged;

class ConfidenceTest {
    @TempDir
    private Path folder;

    private static AnswerEvidence voted(double share, Outcome outcome) {
        return new AnswerEvidence(4, 1, share, -0.2, -0.5, outcome);
    }

    /** Answers that are right as often as the share of votes says. */
    private static List<Judged> asOftenRightAsVoted(int count) {
        Random random = new Random(4);
        List<Judged> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double share = random.nextDouble();
            answers.add(new Judged(voted(share, Outcome.ROWS), random.nextDouble() < share));
        }
        return answers;
    }

    @Test
    void sharesOfVotesBecomeProbabilities() {
        Confidence fitted = Confidence.fit(asOftenRightAsVoted(4_000), folder);
        assertThat(fitted.of(voted(0.5, Outcome.ROWS))).isEqualTo(0.5, within(0.05));
        assertThat(fitted.of(voted(0.8, Outcome.ROWS))).isEqualTo(0.8, within(0.06));
        assertThat(fitted.of(voted(0.2, Outcome.ROWS))).isEqualTo(0.2, within(0.06));
    }

    @Test
    void whatIsFittedIsKeptBesideTheModelAndTheOtherKindStays() {
        Confidence fitted = Confidence.fit(asOftenRightAsVoted(200), folder);
        List<Judged> alone = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            alone.add(new Judged(AnswerEvidence.alone(-0.01 * i, -0.02 * i), i < 30));
        }
        Confidence both = Confidence.fit(alone, folder);
        Confidence read = Confidence.ofModel(folder);
        AnswerEvidence chosen = voted(0.6, Outcome.ROWS);
        assertThat(read.of(chosen)).isEqualTo(fitted.of(chosen));
        AnswerEvidence only = AnswerEvidence.alone(-0.1, -0.2);
        assertThat(read.of(only)).isEqualTo(both.of(only)).isGreaterThan(0.5);
        assertThat(read.of(AnswerEvidence.alone(-0.9, -1.8))).isLessThan(0.2);
    }

    @Test
    void answersOfOneKindOnlyDontBreakTheFit() {
        List<Judged> right = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            right.add(new Judged(voted(1, Outcome.ROWS), true));
        }
        assertThat(Confidence.fit(right, folder).of(voted(1, Outcome.ROWS))).isBetween(0.9, 1.0);
    }

    @Test
    void aFailedQueryIsLessProbableThanOneWithRowsByDefault() {
        Confidence usual = Confidence.ofModel(folder);
        assertThat(usual.of(voted(0.5, Outcome.FAILED))).isLessThan(usual.of(voted(0.5, Outcome.ROWS)));
        assertThat(usual.of(voted(0.9, Outcome.ROWS))).isBetween(0.0, 1.0);
        assertThat(usual.of(null)).isNull();
    }

    @Test
    void aBrokenFileIsNamedWithTheRemedy() throws IOException {
        Path file = folder.resolve(Confidence.FILE);
        for (String broken : List.of("{", "{\"format\":9}", "{\"format\":1,\"alone\":{\"bias\":\"x\"}}")) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> Confidence.ofModel(folder))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("sqltune eval --calibrate");
        }
    }

    @Test
    void tooFewAnswersAreRefused() {
        assertThatThrownBy(() -> Confidence.fit(asOftenRightAsVoted(5), folder))
                .hasMessageContaining("5 answers: use at least 20");
        assertThat(folder.resolve(Confidence.FILE)).doesNotExist();
    }
}
