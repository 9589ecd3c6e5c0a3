package org.sqltune.synthesis.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.pretraining.NaturalMix.NaturalPair;

class NaturalQuestionsTest {
    private static Schema schema(String name) {
        return new Schema(
                name,
                List.of(new Table(
                        "people", List.of(new Column("name", "text", false), new Column("city", "text", false)))),
                List.of());
    }

    private static NaturalPair pair(String source, String database, int number) {
        String question = "Who lives in Town" + number + " of " + database + "?";
        String sql = "select name from PEOPLE where city = \"Town" + number + "\"";
        return new NaturalPair(
                source, new Example(source + database + number, database, question, schema(database), sql));
    }

    private static List<NaturalPair> pairs(String source, int databases, int each) {
        return IntStream.range(0, databases * each)
                .mapToObj(i -> pair(source, "db" + i / each, i % each))
                .toList();
    }

    @Test
    void groupsAreOfOneSchemaNoLargerThanAskedAndSpeltAlike() {
        NaturalQuestions questions = new NaturalQuestions(pairs("people", 5, 30), 8, new Sampler(1));

        for (int i = 0; i < 20; i++) {
            List<PromptCompletion> group = questions.next();
            assertThat(group).isNotEmpty().hasSizeLessThanOrEqualTo(8);
            assertThat(group)
                    .allMatch(row -> row.completion().startsWith("SELECT name FROM people WHERE city = 'Town"));
            assertThat(group.stream().map(row -> row.prompt().split("\n(?:Values|Question): ")[0]))
                    .containsOnly(group.get(0).prompt().split("\n(?:Values|Question): ")[0]);
        }
    }

    @Test
    void aRoundTakesEveryPairOnceAndAShareOfALargeSource() {
        assertThat(firstRound("people")).isEqualTo(200);
        assertThat(firstRound("wikisql-train")).isBetween(20, 70);
    }

    private static int firstRound(String source) {
        NaturalQuestions questions = new NaturalQuestions(pairs(source, 200, 1), 8, new Sampler(1));
        Set<String> seen = new HashSet<>();
        for (PromptCompletion row = questions.next().get(0);
                seen.add(row.id());
                row = questions.next().get(0)) {
            assertThat(row.prompt()).contains("people");
        }
        return seen.size();
    }

    @Test
    void mostGroupsHaveValueLinks() {
        NaturalQuestions questions = new NaturalQuestions(pairs("people", 100, 1), 8, new Sampler(1));
        List<PromptCompletion> rows = new ArrayList<>();
        questions.once().forEach(rows::addAll);

        assertThat(rows).hasSize(100);
        assertThat(rows.stream()
                        .filter(row -> row.prompt().contains("\nValues: people.city = 'Town"))
                        .count())
                .isBetween(50L, 95L);
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        Example broken = new Example("1", "db", "How?", schema("db"), "SELECT colour FROM people");
        assertThat(new NaturalQuestions(List.of(new NaturalPair("people", broken)), 8, new Sampler(1)).isEmpty())
                .isTrue();
    }

    @Test
    void excludedQuestionsAreInNeitherPartAndADatabaseIsInOne() {
        NaturalMix mix = NaturalMix.of(pairs("people", 400, 2), List.of("who lives in town1 of DB7"));

        assertThat(mix.train().size() + mix.heldOut().size()).isEqualTo(799);
        assertThat(mix.heldOut()).hasSizeBetween(4, 60);
        Set<String> trained = new HashSet<>();
        mix.train().forEach(each -> trained.add(each.example().databaseId()));
        assertThat(mix.heldOut())
                .noneMatch(each -> trained.contains(each.example().databaseId()));
    }
}
