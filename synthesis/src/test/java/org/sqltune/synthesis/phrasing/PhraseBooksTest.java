package org.sqltune.synthesis.phrasing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sqltune.synthesis.ShopDatabase;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftCondition;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.DatabaseProfiler;
import org.sqltune.synthesis.profile.TableProfile;
import org.sqltune.synthesis.template.QueryTemplate;
import org.sqltune.synthesis.template.Templates;

/** The text files against the templates that they speak for. */
class PhraseBooksTest {
    private static final int DRAWS = 30;

    private final PhraseBook questions =
            PhraseBook.read(Arrays.copyOf(QuestionWriter.FILES, QuestionWriter.FILES.length - 1));
    private final PhraseBook conditions = PhraseBook.read("conditions.txt");
    private static List<Draft> drafts = List.of();

    @BeforeAll
    static void draw() {
        drafts = drafts();
    }

    @Test
    void everySectionSpeaksForSomeQuery() {
        assertThat(drafts.stream().map(Draft::phrases).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(questions.names().stream()
                        .map(name -> name.replaceFirst("(?<!group)-(avg|sum|max|min)$", ""))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyConditionHasItsSection() {
        Set<String> kinds = new HashSet<>();
        drafts.forEach(draft -> draft.terms().values().forEach(term -> kinds.addAll(kinds(term))));

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(conditions.names());
    }

    @Test
    void everyLineOfEverySectionCanBeSaid() {
        QuestionWriter writer = new QuestionWriter();
        Choice choice = new Choice(5);
        for (Draft draft : drafts) {
            assertThat(writer.write(draft, choice))
                    .as(draft.phrases())
                    .doesNotContain("{", "}", "@", "  ")
                    .doesNotContain(" null ");
        }
    }

    @Test
    void frequentQueriesAreAskedInManyWays() {
        Map<String, Integer> ways = questions.names().stream()
                .filter(name -> !questions.phrases(name).isEmpty())
                .collect(Collectors.toMap(
                        name -> name,
                        name -> Set.copyOf(questions.phrases(name)).size()));

        assertThat(ways).allSatisfy((name, count) -> assertThat(count).as(name).isGreaterThanOrEqualTo(4));
        for (String frequent :
                List.of("all", "column", "rows-label", "count", "count-where", "measure", "group-count")) {
            assertThat(ways.get(frequent)).as(frequent).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void everyConditionCanBeSaidOfManyThingsAsAVerb() {
        for (String kind : new TreeSet<>(conditions.names())) {
            assertThat(conditions.phrases(kind))
                    .as(kind)
                    .anyMatch(phrase -> VerbPhrases.of(phrase, Optional.empty()).isPresent());
        }
    }

    private static Set<String> kinds(Term term) {
        if (term instanceof Term.Top top) {
            return kinds(top.rows());
        }
        return term instanceof Term.Rows rows && rows.condition().orElse(null) instanceof DraftCondition.Single single
                ? Set.of(single.kind())
                : Set.of();
    }

    private static List<Draft> drafts() {
        try (Connection connection = ShopDatabase.open();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE coupons (code TEXT, is_active TEXT)");
            statement.executeUpdate("INSERT INTO coupons VALUES ('A1', 'T'), ('B2', 'F'), ('C3', 'T'), ('D4', 'F')");
            DatabaseProfile database = DatabaseProfiler.profile(ShopDatabase.schema(connection), connection);
            Choice choice = new Choice(11);
            List<Draft> drafts = new ArrayList<>();
            for (QueryTemplate template : Templates.all()) {
                for (TableProfile table : database.tables()) {
                    for (int i = 0; i < DRAWS; i++) {
                        template.rule()
                                .draw(new DraftScope(database, table, choice))
                                .ifPresent(drafts::add);
                    }
                }
            }
            return List.copyOf(drafts);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
