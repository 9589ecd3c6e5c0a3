package org.sqltune.evaluation.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqltune.evaluation.report.ColumnDescriptor.Kind;

/** The columns of SqlTune's reports. */
public final class Columns {
    /** Whether the prediction returns the gold query's result. */
    public static final ColumnDescriptor EXECUTION_ACCURACY =
            ColumnDescriptor.share("execution_accuracy", "execution accuracy");
    /** Whether the prediction equals the gold query except for spelling. */
    public static final ColumnDescriptor EXACT_MATCH = ColumnDescriptor.share("exact_match", "exact match");
    /** Whether the database runs the prediction. */
    public static final ColumnDescriptor VALID_SQL = ColumnDescriptor.share("valid_sql", "valid SQL");
    /** Whether the prediction names a table or column that the database doesn't have. */
    public static final ColumnDescriptor SCHEMA_HALLUCINATION = ColumnDescriptor.share(
                    "schema_hallucination", "unknown tables or columns")
            .lowerIsBetter();
    /** Spider's exact set match. */
    public static final ColumnDescriptor EXACT_SET_MATCH = ColumnDescriptor.share("exact_set_match", "exact set match");
    /** Spider's execution accuracy as in its original script. */
    public static final ColumnDescriptor EXECUTION_ORIGINAL =
            ColumnDescriptor.share("execution_original", "execution (original)");
    /** Spider's execution accuracy on the test suite. */
    public static final ColumnDescriptor EXECUTION_TEST_SUITE =
            ColumnDescriptor.share("execution_test_suite", "execution (test suite)");
    /** BIRD's execution accuracy, EX. */
    public static final ColumnDescriptor EXECUTION_BIRD = ColumnDescriptor.share("execution_bird", "execution (BIRD)");
    /** BIRD's Soft-F1 of a question, from 0 to 1. */
    public static final ColumnDescriptor SOFT_F1 = ColumnDescriptor.number("soft_f1", "Soft-F1");
    /** BIRD's R-VES of a question, from 0 to 111.8. */
    public static final ColumnDescriptor R_VES = ColumnDescriptor.number("r_ves", "R-VES");
    /** WikiSQL's execution accuracy. */
    public static final ColumnDescriptor EXECUTION_WIKISQL =
            ColumnDescriptor.share("execution_wikisql", "execution (WikiSQL)");
    /** WikiSQL's logical form accuracy. */
    public static final ColumnDescriptor LOGICAL_FORM = ColumnDescriptor.share("logical_form", "logical form");
    /** Number of answers that a benchmark's grammar can't parse. */
    public static final ColumnDescriptor UNPARSEABLE = ColumnDescriptor.total("unparseable", "answers");
    /** Number of answers cut off at the token limit; left out if it is 0. */
    public static final ColumnDescriptor CUT_ANSWERS = ColumnDescriptor.total("cut_answers", "answers");
    /** BLEU of all answers as text, from 0 to 100. */
    public static final ColumnDescriptor BLEU = new ColumnDescriptor("bleu", Kind.TOTAL, "", true, "BLEU");
    /** ROUGE-L of an answer as text, from 0 to 1. */
    public static final ColumnDescriptor ROUGE_L = ColumnDescriptor.number("rouge_l", "ROUGE-L");
    /** Wall-clock time of an answer. */
    public static final ColumnDescriptor SECONDS =
            new ColumnDescriptor("seconds", Kind.NUMBER, "s", false, "seconds a query");
    /** Length of an answer. */
    public static final ColumnDescriptor TOKENS =
            new ColumnDescriptor("generated_tokens", Kind.NUMBER, "tokens", false, "tokens a query");
    /** The predictor's own estimate of the probability that an answer is right. */
    public static final ColumnDescriptor CONFIDENCE =
            new ColumnDescriptor("confidence", Kind.NUMBER, "", false, "confidence");
    /** The expected calibration error of the confidences, from 0 to 1. */
    public static final ColumnDescriptor CALIBRATION_ERROR =
            new ColumnDescriptor("expected_calibration_error", Kind.TOTAL, "", false, "expected calibration error");
    /** How many candidates gave the answer's result. */
    public static final ColumnDescriptor AGREED =
            new ColumnDescriptor("agreed", Kind.NUMBER, "candidates", false, "candidates that agree");
    /** The database that a row asks. */
    public static final ColumnDescriptor DATABASE = ColumnDescriptor.label("database");
    /** The kind of the gold query. */
    public static final ColumnDescriptor CATEGORY = ColumnDescriptor.label("category");
    /** The complexity of a query, as the data set labels it. */
    public static final ColumnDescriptor COMPLEXITY = ColumnDescriptor.label("complexity");
    /** The gold query's hardness by Spider's rule. */
    public static final ColumnDescriptor HARDNESS = ColumnDescriptor.label("hardness");
    /** The question's difficulty as BIRD labels it. */
    public static final ColumnDescriptor DIFFICULTY = ColumnDescriptor.label("difficulty");

    private static final String COMPONENT = "component_";
    /** In the order of a query's clauses. Reports show them in this order, after all other scores. */
    private static final List<ColumnDescriptor> COMPONENTS = List.of(
            ColumnDescriptor.share(COMPONENT + "select", "SELECT"),
            ColumnDescriptor.share(COMPONENT + "where", "WHERE"),
            ColumnDescriptor.share(COMPONENT + "join", "JOIN"),
            ColumnDescriptor.share(COMPONENT + "group", "GROUP BY"),
            ColumnDescriptor.share(COMPONENT + "order", "ORDER BY"));

    private static final Map<String, ColumnDescriptor> KNOWN = Stream.concat(
                    COMPONENTS.stream(),
                    Stream.of(
                            EXECUTION_ACCURACY,
                            EXACT_MATCH,
                            VALID_SQL,
                            SCHEMA_HALLUCINATION,
                            EXACT_SET_MATCH,
                            EXECUTION_ORIGINAL,
                            EXECUTION_TEST_SUITE,
                            EXECUTION_BIRD,
                            SOFT_F1,
                            R_VES,
                            EXECUTION_WIKISQL,
                            LOGICAL_FORM,
                            BLEU,
                            ROUGE_L,
                            SECONDS,
                            TOKENS,
                            CONFIDENCE,
                            AGREED,
                            CALIBRATION_ERROR,
                            DATABASE,
                            CATEGORY,
                            COMPLEXITY,
                            HARDNESS,
                            DIFFICULTY))
            .collect(Collectors.toUnmodifiableMap(ColumnDescriptor::name, Function.identity()));

    private Columns() {}

    /** Returns whether a component of the query, such as its WHERE clause, is right. */
    public static ColumnDescriptor component(String label) {
        return named(COMPONENT + label, Kind.SHARE);
    }

    /** Returns the known column of this name, else a new one of the given kind. */
    public static ColumnDescriptor named(String name, Kind kind) {
        ColumnDescriptor known = KNOWN.get(name);
        return known == null ? new ColumnDescriptor(name, kind, "", true, ColumnDescriptor.words(name)) : known;
    }

    /** Returns whether the column scores only a component of the query. */
    static boolean isComponent(ColumnDescriptor column) {
        return column.name().startsWith(COMPONENT);
    }

    /** Returns the sort position: components come last, in a query's order. */
    static int place(ColumnDescriptor column) {
        return COMPONENTS.indexOf(column);
    }
}
