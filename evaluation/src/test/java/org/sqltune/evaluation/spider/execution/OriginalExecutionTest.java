package org.sqltune.evaluation.spider.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.evaluation.spider.grammar.ParsedQuery;
import org.sqltune.evaluation.spider.grammar.QueryParser;
import org.sqltune.evaluation.spider.grammar.QuerySchema;
import org.sqltune.evaluation.spider.match.ComparableForm;
import org.sqltune.evaluation.spider.match.ForeignKeys;

/** Execution by the original definition: columns are filed under what the select list says they are. */
class OriginalExecutionTest {
    private static final QuerySchema SCHEMA = new QuerySchema(Map.of("t", List.of("a", "b")));

    private static ParsedQuery form(String sql) {
        return ComparableForm.of(QueryParser.parse(sql, SCHEMA), SCHEMA, ForeignKeys.NONE);
    }

    private static boolean matches(FakeDatabase database, String predicted, String gold) {
        return OriginalExecution.matches(database, predicted, gold, form(predicted), form(gold));
    }

    private static QueryResult rows(List<List<Object>> rows) {
        return new QueryResult(
                List.of("x", "y").subList(0, rows.isEmpty() ? 1 : rows.get(0).size()), List.copyOf(rows), false);
    }

    @Test
    void columnsMayStandInAnotherOrder() {
        FakeDatabase database = new FakeDatabase()
                .with("SELECT a, b FROM t", rows(List.of(List.of(1L, "x"), List.of(2L, "y"))))
                .with("SELECT b, a FROM t", rows(List.of(List.of("x", 1L), List.of("y", 2L))));
        assertThat(matches(database, "SELECT b, a FROM t", "SELECT a, b FROM t"))
                .isTrue();
    }

    @Test
    void theOrderOfRowsCountsAlways() {
        FakeDatabase database =
                new FakeDatabase().with("SELECT a FROM t", 1, 2).with("SELECT a FROM t ORDER BY b", 2, 1);
        assertThat(matches(database, "SELECT a FROM t ORDER BY b", "SELECT a FROM t"))
                .isFalse();
    }

    @Test
    void theSameValuesUnderAnotherColumnAreWrong() {
        FakeDatabase database = new FakeDatabase().with("SELECT a FROM t", 1, 2).with("SELECT b FROM t", 1, 2);
        assertThat(matches(database, "SELECT b FROM t", "SELECT a FROM t")).isFalse();
    }

    @Test
    void functionsAroundAColumnAreLeftOut() {
        FakeDatabase database =
                new FakeDatabase().with("SELECT max(a) FROM t", 2).with("SELECT min(a) FROM t", 2);
        assertThat(matches(database, "SELECT min(a) FROM t", "SELECT max(a) FROM t"))
                .isTrue();
    }

    @Test
    void oneEqualsOnePointZero() {
        FakeDatabase database = new FakeDatabase().with("SELECT a FROM t", 1L).with("SELECT a FROM t WHERE b = 1", 1.0);
        assertThat(matches(database, "SELECT a FROM t WHERE b = 1", "SELECT a FROM t"))
                .isTrue();
    }

    @Test
    void anAnswerThatCantBeReadIsWrongWithoutBeingRun() {
        FakeDatabase database = new FakeDatabase().with("SELECT a FROM t", 1);
        assertThat(OriginalExecution.matches(
                        database,
                        "SELECT upper(a) FROM t",
                        "SELECT a FROM t",
                        ParsedQuery.EMPTY,
                        form("SELECT a FROM t")))
                .isFalse();
        assertThat(database.asked()).isEmpty();
    }

    @Test
    void anAnswerThatFailsIsWrongAndAGoldQueryThatFailsIsTold() {
        FakeDatabase database = new FakeDatabase()
                .with("SELECT a FROM t", Arrays.asList(1, null).toArray());
        assertThat(matches(database, "SELECT b FROM t", "SELECT a FROM t")).isFalse();
        assertThat(matches(database, "SELECT a FROM t", "SELECT a FROM t")).isTrue();
        assertThatThrownBy(() -> matches(database, "SELECT a FROM t", "SELECT b FROM t"))
                .isInstanceOf(SqlExecutionException.class);
    }
}
