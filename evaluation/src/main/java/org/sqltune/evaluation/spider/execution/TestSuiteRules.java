package org.sqltune.evaluation.spider.execution;

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
