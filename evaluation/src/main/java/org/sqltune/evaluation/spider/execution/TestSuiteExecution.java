package org.sqltune.evaluation.spider.execution;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.evaluation.spider.execution.SqlparseLexer.SqlparseToken;

/**
 * Execution accuracy of the test suite's evaluator: the prediction is right if it returns the gold query's result on
 * every database of the folder. Both queries are edited before they run: split comparison operators are joined,
 * DISTINCT is removed, only the first statement is kept, and the current year is 2020. In the prediction {@code
 * value}, which models without values write, becomes {@code 1}.
 */
public final class TestSuiteExecution {
    private static final Pattern CURRENT_YEAR =
            Pattern.compile("YEAR\\s*\\(\\s*CURDATE\\s*\\(\\s*\\)\\s*\\)\\s*", Pattern.CASE_INSENSITIVE);

    private final TestSuiteRules rules;

    /** @param rules the evaluator's options */
    public TestSuiteExecution(TestSuiteRules rules) {
        this.rules = rules;
    }

    /**
     * Returns whether the prediction returns the gold query's result.
     *
     * @param databases the databases of the folder
     * @throws SqlExecutionException if the gold query can't be run
     */
    public boolean matches(List<? extends SqlExecutor> databases, String predictedSql, String goldSql) {
        String gold = prepared(goldSql);
        String predicted = prepared(predictedSql.replace("value", "1"));
        boolean ordered = gold.toLowerCase(Locale.ROOT).contains("order by");
        Stream<String> candidates = rules.plugValues()
                ? Stream.concat(Stream.of(predicted), PluggedValues.candidates(gold, predicted))
                : Stream.of(predicted);
        return candidates.anyMatch(candidate -> databases.stream()
                .allMatch(database -> sameResult(database, executable(candidate), executable(gold), ordered)));
    }

    private static boolean sameResult(SqlExecutor database, String predicted, String gold, boolean ordered) {
        QueryResult wanted = database.execute(gold);
        try {
            QueryResult found = database.execute(predicted);
            return !found.truncated() && ResultEquivalence.holds(wanted.rows(), found.rows(), ordered);
        } catch (SqlExecutionException e) {
            return false;
        }
    }

    private String prepared(String sql) {
        String closedUp = sql.replace("> =", ">=").replace("< =", "<=").replace("! =", "!=");
        if (rules.keepDistinct()) {
            return closedUp;
        }
        return SqlparseLexer.firstStatement(closedUp).stream()
                .map(SqlparseToken::text)
                .filter(text -> !text.equalsIgnoreCase("distinct"))
                .collect(Collectors.joining());
    }

    private static String executable(String sql) {
        return CURRENT_YEAR.matcher(sql).replaceAll("2020");
    }

    /**
     * The options of the test suite's evaluator.
     *
     * @param keepDistinct whether DISTINCT stays in both queries ({@code --keep_distinct})
     * @param plugValues whether a prediction also counts as right if it is right with the gold query's values ({@code
     *     --plug_value})
     */
    public record TestSuiteRules(boolean keepDistinct, boolean plugValues) {
        /** The official script's defaults. */
        public static final TestSuiteRules DEFAULTS = new TestSuiteRules(false, false);
    }
}
