package org.sqltune.synthesis.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.synthesis.ShopDatabase;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.phrasing.QuestionWriter;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.DatabaseProfiler;
import org.sqltune.synthesis.profile.TableProfile;

/** Every template by itself: what it drafts runs, and is asked in words that name what the query has. */
class TemplateDraftsTest {
    private static final int SEEDS = 12;

    private static Connection shop;
    private static DatabaseProfile database;
    private static final QuestionWriter WRITER = new QuestionWriter();

    @BeforeAll
    static void open() throws SQLException {
        shop = ShopDatabase.open();
        database = DatabaseProfiler.profile(ShopDatabase.schema(shop), shop);
    }

    @AfterAll
    static void close() throws SQLException {
        shop.close();
    }

    static Stream<String> templates() {
        return Templates.withSets().stream().map(QueryTemplate::id);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void everyDraftRuns(String id) throws SQLException {
        List<Draft> drafts = drafts(id);

        assertThat(drafts).isNotEmpty();
        for (Draft draft : drafts) {
            run(draft.sql());
            if (draft.tieProbe() != null) {
                run(draft.tieProbe());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void theSameDiceDraftTheSame(String id) {
        assertThat(drafts(id)).isEqualTo(drafts(id));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void everyDraftIsAskedInFullWords(String id) {
        for (Draft draft : drafts(id)) {
            for (long seed = 0; seed < 3; seed++) {
                String question = WRITER.write(draft, new Choice(seed));

                assertThat(question).as(draft.sql()).doesNotContain("{", "}", "@", "_", "  ");
                assertThat(Character.isUpperCase(question.charAt(0)) || Character.isDigit(question.charAt(0)))
                        .as(question)
                        .isTrue();
                assertThat(question.length()).as(question).isBetween(8, 250);
            }
        }
    }

    /** A text that the query filters by stands in the question; of a date, its year does. */
    @ParameterizedTest
    @MethodSource("templates")
    void theQuestionNamesWhatTheQueryFiltersBy(String id) {
        for (Draft draft : drafts(id)) {
            String question = WRITER.write(draft, new Choice(1)).toLowerCase(Locale.ROOT);
            for (String value : texts(draft.sql())) {
                assertThat(question).as(draft.sql()).contains(value.toLowerCase(Locale.ROOT));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aLimitOfSeveralRowsIsSaid(String id) {
        for (Draft draft : drafts(id)) {
            String limit = draft.sql().replaceFirst("(?s).* LIMIT (\\d+)$", "$1");
            if (!limit.equals(draft.sql()) && !limit.equals("1")) {
                assertThat(WRITER.write(draft, new Choice(1))).as(draft.sql()).contains(limit);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void nothingIsDraftedOfATableThatHasNothingForIt(String id) throws SQLException {
        try (Connection bare = ShopDatabase.withStatements(
                "CREATE TABLE pairs (left_id INTEGER, right_id INTEGER)", "INSERT INTO pairs VALUES (1, 2)")) {
            DatabaseProfile profile = DatabaseProfiler.profile(ShopDatabase.schema(bare), bare);
            QueryTemplate template = template(id);
            for (long seed = 0; seed < SEEDS; seed++) {
                template.rule()
                        .draw(new DraftScope(profile, profile.tables().get(0), new Choice(seed)))
                        .ifPresent(draft ->
                                assertThat(draft.sql()).startsWith("SELECT ").doesNotContain(" JOIN "));
            }
        }
    }

    @Test
    void setOperationsComeOnlyWithTheSets() {
        List<String> plain = Templates.all().stream().map(QueryTemplate::id).toList();
        Set<String> added = new TreeSet<>(templates().toList());
        plain.forEach(added::remove);

        assertThat(added).isNotEmpty();
        for (String id : added) {
            assertThat(drafts(id)).allMatch(draft -> draft.sql().matches("(?s).* (UNION|INTERSECT|EXCEPT) .*"));
        }
    }

    private static List<Draft> drafts(String id) {
        QueryTemplate template = template(id);
        List<Draft> drafts = new ArrayList<>();
        for (TableProfile table : database.tables()) {
            for (long seed = 0; seed < SEEDS; seed++) {
                template.rule()
                        .draw(new DraftScope(database, table, new Choice(seed)))
                        .ifPresent(drafts::add);
            }
        }
        return drafts;
    }

    private static QueryTemplate template(String id) {
        return Templates.withSets().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void run(String sql) throws SQLException {
        try (Statement statement = shop.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.getMetaData().getColumnCount()).as(sql).isPositive();
        }
    }

    private static List<String> texts(String sql) {
        return SqlScanner.scan(sql).stream()
                .filter(token -> token.kind() == SqlToken.Kind.STRING)
                .map(SqlToken::content)
                .filter(text -> !text.startsWith("%Y"))
                .map(text -> text.replace("%", ""))
                .map(text -> text.matches("\\d{4}-.*") ? text.substring(0, 4) : text)
                .toList();
    }
}
