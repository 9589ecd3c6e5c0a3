package org.sqltune.evaluation.spider.execution;

/**
 * What the test suite's evaluator can be told.
 *
 * @param keepDistinct whether DISTINCT stays in both queries ({@code --keep_distinct})
 * @param plugValues whether a prediction also counts as right with the gold query's values in place of its own ({@code
 *     --plug_value})
 */
public record TestSuiteRules(boolean keepDistinct, boolean plugValues) {
    /** As the official script runs without options. */
    public static final TestSuiteRules DEFAULTS = new TestSuiteRules(false, false);
}
