package org.sqltune.synthesis.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.synthesis.ShopDatabase;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.DatabaseProfiler;
import org.sqltune.synthesis.profile.TableProfile;

/** Conditions of every kind, drawn over a real database and run there. */
class ConditionsTest {
    private static final int DRAWS = 40;

    private Connection shop;
    private DatabaseProfile database;

    @BeforeEach
    void open() throws SQLException {
        shop = ShopDatabase.open();
        database = DatabaseProfiler.profile(ShopDatabase.schema(shop), shop);
    }

    @AfterEach
    void close() throws SQLException {
        shop.close();
    }

    @ParameterizedTest
    @EnumSource(ConditionKind.class)
    void everyKindIsDrawnSomewhereAndRuns(ConditionKind kind) throws SQLException {
        List<DraftCondition.Single> drawn = drawn(kind);

        assertThat(drawn).isNotEmpty();
        for (DraftCondition.Single condition : drawn) {
            assertThat(condition.kind()).isEqualTo(kind.section());
            assertThat(rows(condition)).as(condition.sql("")).isGreaterThanOrEqualTo(0);
        }
    }

    /** An equality, a part of a text and a day come of a value that is there, so something has it. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "EQUALS",
                "NOT_EQUALS",
                "STARTS_WITH",
                "ENDS_WITH",
                "CONTAINS",
                "ONE_OF",
                "MISSING",
                "PRESENT",
                "ON_DAY",
                "IN_YEAR",
                "IN_MONTH"
            })
    void whatComesOfAValueFindsIt(ConditionKind kind) throws SQLException {
        for (DraftCondition.Single condition : drawn(kind)) {
            // Only where the alphabet has two cases LIKE and a value might differ: never here.
            if (kind != ConditionKind.IN_YEAR || !condition.sql("").contains("-01-01")) {
                assertThat(rows(condition)).as(condition.sql("")).isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GREATER", "LESS", "AT_LEAST", "AT_MOST", "BETWEEN"})
    void numbersAreComparedOnNumbersOnly(ConditionKind kind) {
        assertThat(drawn(kind)).allMatch(condition -> condition.column().is(ColumnRole.NUMBER));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "AFTER",
                "BEFORE",
                "DAYS",
                "ON_DAY",
                "AFTER_YEAR",
                "BEFORE_YEAR",
                "SINCE_YEAR",
                "IN_YEAR",
                "IN_MONTH"
            })
    void daysAreComparedOnDatesOnly(ConditionKind kind) {
        assertThat(drawn(kind)).allMatch(condition -> condition.column().is(ColumnRole.DATE));
    }

    @ParameterizedTest
    @CsvSource({"GREATER, >", "LESS, <", "AT_LEAST, >=", "AT_MOST, <=", "AFTER, >", "BEFORE, <", "NOT_EQUALS, !="})
    void theOperatorIsTheKinds(ConditionKind kind, String operator) {
        assertThat(drawn(kind))
                .allSatisfy(condition -> assertThat(condition.sql("")).contains(" " + operator + " "));
    }

    @ParameterizedTest
    @EnumSource(names = {"BETWEEN", "DAYS"})
    void aRangeHasItsLowerEndFirst(ConditionKind kind) throws SQLException {
        for (DraftCondition.Single condition : drawn(kind)) {
            String ends = condition.sql("").replaceFirst(".* BETWEEN ", "").replace(" AND ", " < ");
            assertThat(asked("SELECT " + ends)).as(condition.sql("")).isEqualTo("1");
        }
    }

    @Test
    void whatTheConditionSaysIsWhatTheSqlHas() {
        for (ConditionKind kind : List.of(ConditionKind.EQUALS, ConditionKind.GREATER, ConditionKind.ON_DAY)) {
            for (DraftCondition.Single condition : drawn(kind)) {
                String said = ((Term.Words)
                                Optional.ofNullable(condition.terms().get("value"))
                                        .orElseThrow())
                        .text();
                assertThat(condition.sql("")).contains(said.replace("'", "''"));
            }
        }
    }

    @Test
    void aMonthIsSaidByItsName() {
        assertThat(drawn(ConditionKind.IN_MONTH)).allSatisfy(condition -> {
            String said = ((Term.Words)
                            Optional.ofNullable(condition.terms().get("value")).orElseThrow())
                    .text();
            assertThat(said)
                    .matches(
                            "(January|February|March|April|May|June|July|August|September|October|November|December) 20\\d\\d");
            assertThat(condition.sql("")).contains(said.substring(said.length() - 4) + "-");
        });
    }

    @Test
    void theAliasGoesBeforeTheColumn() {
        for (ConditionKind kind : ConditionKind.values()) {
            for (DraftCondition.Single condition : drawn(kind)) {
                assertThat(condition.sql("T1."))
                        .contains("T1." + condition.column().sql());
                assertThat(condition.sql("T1.").replace("T1.", "")).isEqualTo(condition.sql(""));
            }
        }
    }

    @Test
    void twoConditionsAreOnTwoColumns() throws SQLException {
        int made = 0;
        for (long seed = 0; seed < DRAWS; seed++) {
            for (TableProfile table : database.tables()) {
                boolean both = seed % 2 == 0;
                Optional<DraftCondition.Compound> pair =
                        Conditions.compound(new DraftScope(database, table, new Choice(seed)), both);
                if (pair.isPresent()) {
                    made++;
                    assertThat(pair.get().first().column())
                            .isNotEqualTo(pair.get().second().column());
                    assertThat(pair.get().sql("")).contains(both ? " AND " : " OR ");
                    int first = count(table, pair.get().first().sql(""));
                    int joined = count(table, pair.get().sql(""));
                    assertThat(both ? first >= joined : first <= joined)
                            .as(pair.get().sql(""))
                            .isTrue();
                }
            }
        }
        assertThat(made).isGreaterThan(DRAWS);
    }

    @Test
    void aCategoryIsAnEqualityOfACategory() {
        for (long seed = 0; seed < DRAWS; seed++) {
            DraftScope scope = new DraftScope(database, database.tables().get(0), new Choice(seed));
            DraftCondition.Single condition = Conditions.category(scope).orElseThrow();

            assertThat(condition.column().is(ColumnRole.CATEGORY)).isTrue();
            assertThat(condition.sql("")).matches("(city|segment) = '\\w+'");
        }
    }

    @Test
    void commonConditionsAreOfManyKinds() {
        Map<ConditionKind, Integer> seen = new EnumMap<>(ConditionKind.class);
        for (long seed = 0; seed < 400; seed++) {
            DraftScope scope = new DraftScope(database, database.tables().get(0), new Choice(seed));
            String kind = Conditions.common(scope).orElseThrow().kind();
            for (ConditionKind each : ConditionKind.values()) {
                if (each.section().equals(kind)) {
                    seen.merge(each, 1, Integer::sum);
                }
            }
        }

        assertThat(seen)
                .containsKeys(ConditionKind.EQUALS, ConditionKind.GREATER, ConditionKind.IN_YEAR, ConditionKind.BEFORE)
                .doesNotContainKeys(ConditionKind.CONTAINS, ConditionKind.MISSING, ConditionKind.BETWEEN);
        assertThat(seen.get(ConditionKind.EQUALS)).isGreaterThan(seen.get(ConditionKind.LESS));
    }

    @Test
    void aTableOfKeysHasNoCondition() throws SQLException {
        try (Connection keys = ShopDatabase.withStatements(
                "CREATE TABLE links (left_id INTEGER, right_id INTEGER)", "INSERT INTO links VALUES (1, 2), (3, 4)")) {
            DatabaseProfile profile = DatabaseProfiler.profile(ShopDatabase.schema(keys), keys);

            assertThat(Conditions.common(
                            new DraftScope(profile, profile.tables().get(0), new Choice(1))))
                    .isEmpty();
        }
    }

    @Test
    void aFlagIsMostlyAnAdjective() throws SQLException {
        try (Connection flags = ShopDatabase.withStatements(
                "CREATE TABLE users (user_id INTEGER PRIMARY KEY, is_active TEXT)",
                "INSERT INTO users VALUES (1, 'T'), (2, 'F'), (3, 'T'), (4, 'F'), (5, 'T')")) {
            DatabaseProfile profile = DatabaseProfiler.profile(ShopDatabase.schema(flags), flags);
            Set<String> kinds = new HashSet<>();
            for (long seed = 0; seed < DRAWS; seed++) {
                DraftScope scope = new DraftScope(profile, profile.tables().get(0), new Choice(seed));
                DraftCondition.Single condition = Conditions.category(scope).orElseThrow();
                kinds.add(condition.kind());
                if (condition.kind().equals("is")) {
                    assertThat(condition.sql("")).isEqualTo("is_active = 'T'");
                } else if (condition.kind().equals("is-not")) {
                    assertThat(condition.sql("")).isEqualTo("is_active = 'F'");
                }
            }

            assertThat(kinds).containsExactlyInAnyOrder("is", "is-not", "equals");
        }
    }

    private List<DraftCondition.Single> drawn(ConditionKind kind) {
        List<DraftCondition.Single> drawn = new ArrayList<>();
        for (long seed = 0; seed < DRAWS; seed++) {
            for (TableProfile table : database.tables()) {
                Conditions.of(kind, new DraftScope(database, table, new Choice(seed)))
                        // A flag's equality has a section of its own.
                        .ifPresent(drawn::add);
            }
        }
        return drawn;
    }

    private int rows(DraftCondition.Single condition) throws SQLException {
        TableProfile table = database.tables().stream()
                .filter(each -> each.columns().contains(condition.column()))
                .findFirst()
                .orElseThrow();
        return count(table, condition.sql(""));
    }

    private int count(TableProfile table, String where) throws SQLException {
        return Integer.parseInt(asked("SELECT COUNT(*) FROM " + table.sql() + " WHERE " + where));
    }

    private String asked(String sql) throws SQLException {
        try (Statement statement = shop.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.getString(1);
        }
    }
}
