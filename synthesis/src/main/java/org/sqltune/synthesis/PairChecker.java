package org.sqltune.synthesis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.synthesis.grammar.Draft;

/** Runs drafted queries and accepts those with one unambiguous answer. */
final class PairChecker {
    /** The number of digits that SQLite writes: values that differ only beyond them are a tie. */
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);

    private final DraftRunner runner;
    private final Map<String, Boolean> verdicts = new HashMap<>();

    PairChecker(DraftRunner runner) {
        this.runner = runner;
    }

    /**
     * Returns whether the query finishes within the limit, returns a row that is neither NULL nor zero, and has no
     * tie at its LIMIT.
     *
     * @throws SqlTuneException if the database refuses the query and the runner takes that for a fault
     */
    boolean answers(Draft draft) {
        return verdicts.computeIfAbsent(draft.sql(), sql -> run(draft));
    }

    private boolean run(Draft draft) {
        try {
            return hasAnswer(draft.sql()) && !tied(draft.tieProbe());
        } catch (SqlExecutionException e) {
            if (e.kind() != Kind.TIMEOUT && e.kind() != Kind.TOO_LARGE) {
                runner.refused(draft.sql(), e);
            }
            return false;
        }
    }

    /** Returns whether the query has an answer; the first row nearly always decides. */
    private boolean hasAnswer(String sql) {
        QueryResult first = runner.first(sql);
        return isAnswer(first) || (first.truncated() && isAnswer(runner.all(sql)));
    }

    private static boolean isAnswer(QueryResult result) {
        boolean single = result.columns().size() == 1;
        return result.rows().stream()
                .flatMap(List::stream)
                .anyMatch(value -> value != null && !(single && value.toString().equals("0")));
    }

    private boolean tied(@Nullable String probe) {
        if (probe == null) {
            return false;
        }
        QueryResult result = runner.all(probe);
        Set<String> seen = new HashSet<>();
        return result.truncated() || !result.rows().stream().allMatch(row -> seen.add(text(row.get(0))));
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            return new BigDecimal(number).round(DIGITS).stripTrailingZeros().toString();
        }
        return String.valueOf(value);
    }
}
