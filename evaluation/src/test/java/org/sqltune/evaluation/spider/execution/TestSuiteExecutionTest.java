package org.sqltune.evaluation.spider.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;

/** Execution by the test suite's definition, on databases that answer as they are told. */
class TestSuiteExecutionTest {
    private static final TestSuiteExecution EXECUTION = new TestSuiteExecution(TestSuiteRules.DEFAULTS);

    @Test
    void theSameBagOfRowsIsRight() {
        FakeDatabase database = new FakeDatabase().with("SELECT a", 1, 2, 2).with("SELECT b", 2, 1, 2);
        assertThat(EXECUTION.matches(List.of(database), "SELECT b", "SELECT a")).isTrue();
    }

    @Test
    void whereGoldIsOrderedTheOrderCounts() {
        FakeDatabase database = new FakeDatabase()
                .with("SELECT a ORDER BY a", 1, 2)
                .with("SELECT b", 2, 1)
                .with("SELECT c", 1, 2);
        assertThat(EXECUTION.matches(List.of(database), "SELECT b", "SELECT a ORDER BY a"))
                .isFalse();
        assertThat(EXECUTION.matches(List.of(database), "SELECT c", "SELECT a ORDER BY a"))
                .isTrue();
    }

    @Test
    void everyDatabaseOfTheFolderMustAgree() {
        FakeDatabase first = new FakeDatabase().with("SELECT a", 1).with("SELECT b", 1);
        FakeDatabase second = new FakeDatabase().with("SELECT a", 1).with("SELECT b", 2);
        assertThat(EXECUTION.matches(List.of(first), "SELECT b", "SELECT a")).isTrue();
        assertThat(EXECUTION.matches(List.of(first, second), "SELECT b", "SELECT a"))
                .isFalse();
    }

    @Test
    void anAnswerThatFailsIsWrongAndAGoldQueryThatFailsIsTold() {
        FakeDatabase database = new FakeDatabase().with("SELECT a", 1);
        assertThat(EXECUTION.matches(List.of(database), "SELECT z", "SELECT a")).isFalse();
        assertThatThrownBy(() -> EXECUTION.matches(List.of(database), "SELECT a", "SELECT z"))
                .isInstanceOf(SqlExecutionException.class);
    }

    @Test
    void aCutOffResultIsWrong() {
        FakeDatabase database = new FakeDatabase()
                .with("SELECT a", 1)
                .with("SELECT b", new QueryResult(List.of("x"), List.of(List.of(1)), true));
        assertThat(EXECUTION.matches(List.of(database), "SELECT b", "SELECT a")).isFalse();
    }

    @Test
    void textsAreChangedBeforeTheyRun() {
        FakeDatabase database = new FakeDatabase()
                .with("SELECT  a WHERE b >= 3", 1)
                .with("SELECT  a WHERE b >= 1", 1)
                .with("SELECT DISTINCT a WHERE b >= 3", 2);
        assertThat(EXECUTION.matches(
                        List.of(database), "SELECT DISTINCT a WHERE b > = value", "SELECT DISTINCT a WHERE b >= 3"))
                .isTrue();
        assertThat(database.asked()).containsExactly("SELECT  a WHERE b >= 3", "SELECT  a WHERE b >= 1");
    }

    @Test
    void distinctStaysIfTheRulesSaySo() {
        FakeDatabase database = new FakeDatabase().with("SELECT DISTINCT a", 1).with("SELECT a", 1);
        new TestSuiteExecution(new TestSuiteRules(true, false))
                .matches(List.of(database), "SELECT a", "SELECT DISTINCT a");
        assertThat(database.asked()).contains("SELECT DISTINCT a");
    }

    @Test
    void theCurrentYearIsTheOneOfTheReferenceResults() {
        FakeDatabase database = new FakeDatabase().with("SELECT 2020", 1);
        assertThat(EXECUTION.matches(List.of(database), "SELECT year(curdate())", "SELECT YEAR ( CURDATE ( ) )"))
                .isTrue();
    }

    @Test
    void nothingBehindTheFirstStatementRuns() {
        FakeDatabase database = new FakeDatabase().with("SELECT a; ", 1).with("SELECT a;", 1);
        assertThat(EXECUTION.matches(List.of(database), "SELECT a; DROP TABLE b", "SELECT a;"))
                .isTrue();
        assertThat(database.asked()).containsExactly("SELECT a;", "SELECT a; ");
    }

    @Test
    void goldValuesArePluggedInOnlyIfTheRulesSaySo() {
        FakeDatabase database = new FakeDatabase()
                .with("SELECT a FROM t WHERE b = 3", 1)
                .with("select a from t where b = 3", 1)
                .with("SELECT a FROM t WHERE b = 7", 2);
        String predicted = "SELECT a FROM t WHERE b = 7";
        String gold = "SELECT a FROM t WHERE b = 3";
        assertThat(EXECUTION.matches(List.of(database), predicted, gold)).isFalse();
        assertThat(new TestSuiteExecution(new TestSuiteRules(false, true)).matches(List.of(database), predicted, gold))
                .isTrue();
    }
}
