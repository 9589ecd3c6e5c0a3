package org.sqltune.evaluation.report;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of scores and numbers in reports, and what they are called to a reader. */
public final class ScoreNames {
    /** Whether the prediction returns what the gold query returns. */
    public static final String EXECUTION_ACCURACY = "execution_accuracy";
    /** Whether the prediction is the gold query but for spelling; of Spider: exact set match. */
    public static final String EXACT_MATCH = "exact_match";
    /** Whether the database runs the prediction. */
    public static final String VALID_SQL = "valid_sql";
    /** Whether the prediction names a table or column that the database lacks; here true is bad. */
    public static final String SCHEMA_HALLUCINATION = "schema_hallucination";
    /** Prefix of the scores of a query's components. */
    public static final String COMPONENT = "component_";
    /** Wall-clock time of an answer, in seconds. */
    public static final String SECONDS = "seconds";
    /** Tokens of an answer. */
    public static final String TOKENS = "generated_tokens";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("execution_original", "execution (original)"),
            Map.entry("execution_test_suite", "execution (test suite)"),
            Map.entry(VALID_SQL, "valid SQL"),
            Map.entry(SCHEMA_HALLUCINATION, "unknown tables or columns"),
            Map.entry("component_select", "SELECT"),
            Map.entry("component_where", "WHERE"),
            Map.entry("component_join", "JOIN"),
            Map.entry("component_group", "GROUP BY"),
            Map.entry("component_order", "ORDER BY"),
            Map.entry("soft_f1", "Soft-F1"),
            Map.entry("r_ves", "R-VES"),
            Map.entry("bleu", "BLEU"),
            Map.entry("rouge_l", "ROUGE-L"),
            Map.entry("logical_form", "logical form"),
            Map.entry(SECONDS, "seconds a query"),
            Map.entry(TOKENS, "tokens a query"));
    private static final Set<String> LOWER_IS_BETTER = Set.of(SCHEMA_HALLUCINATION, SECONDS, TOKENS);

    private static final List<String> COMPONENTS_LAST =
            List.of("component_select", "component_where", "component_join", "component_group", "component_order");

    private ScoreNames() {}

    /** Components come last, in a query's order. */
    static int place(String name) {
        return COMPONENTS_LAST.indexOf(name);
    }

    /** A name in words. */
    public static String words(String name) {
        return WORDS.getOrDefault(name, name.replace('_', ' '));
    }

    /** Whether less of it is better. */
    public static boolean lowerIsBetter(String name) {
        return LOWER_IS_BETTER.contains(name);
    }

    /** Whether it says something of a part of the query only. */
    public static boolean isComponent(String name) {
        return name.startsWith(COMPONENT);
    }
}
