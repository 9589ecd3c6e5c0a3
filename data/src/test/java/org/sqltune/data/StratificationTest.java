package org.sqltune.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.config.settings.DataSettings.StratifyBy;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.VerbatimSchema;

class StratificationTest {
    private final List<String> notes = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"NONE, ''", "AUTO, hard", "COMPLEXITY, hard", "CATEGORY, JOIN", "DOMAIN, health", "DATABASE, shop"})
    void anExampleCountsAsWhatIsAskedFor(StratifyBy by, String expected) {
        assertThat(new Stratification(by).stratum(example(0, "shop"))).isEqualTo(expected);
    }

    @Test
    void examplesOfFewKindsAreDividedByThem() {
        assertThat(isTold(StratifyBy.DATABASE, 10, 3)).isTrue();
        assertThat(notes).isEmpty();
    }

    @Test
    void whatTheDataDoesNotTellFallsBackToChanceWithANote() {
        assertThat(new Stratification(StratifyBy.DOMAIN).canStratify(examples(4, 2), each -> "", notes))
                .isFalse();
        assertThat(notes)
                .containsExactly(
                        "The data doesn't tell a question's domain (data.stratify_by): the validation set is held"
                                + " out at random.");
    }

    @Test
    void automaticallyNothingIsSaidOfIt() {
        assertThat(new Stratification(StratifyBy.AUTO).canStratify(examples(4, 2), each -> "", notes))
                .isFalse();
        assertThat(new Stratification(StratifyBy.NONE).canStratify(examples(4, 2), each -> "", notes))
                .isFalse();
        assertThat(notes).isEmpty();
    }

    @Test
    void kindsOfHardlyMoreThanOneExampleFallBackToo() {
        assertThat(isTold(StratifyBy.DATABASE, 10, 6)).isFalse();
        assertThat(notes).singleElement().asString().contains("6 kinds of database among 10 examples", "at random");
    }

    private boolean isTold(StratifyBy by, int examples, int databases) {
        Stratification stratification = new Stratification(by);
        return stratification.canStratify(examples(examples, databases), stratification::stratum, notes);
    }

    private static List<Example> examples(int count, int databases) {
        return IntStream.range(0, count)
                .mapToObj(i -> example(i, "db" + i % databases))
                .toList();
    }

    private static Example example(int index, String database) {
        return new Example(
                "e" + index,
                database,
                "?",
                new VerbatimSchema("t"),
                "SELECT 1",
                QueryCategory.JOIN,
                null,
                new QuestionContext("health", "hard"));
    }
}
