package org.sqltune.core.sql.hardness;

import java.util.Locale;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.SqlScanner;

/**
 * Spider's four grades of queries. The rules are those of <a
 * href="https://github.com/taoyds/spider/blob/master/evaluation.py">eval_hardness</a>: clauses, queries inside, and other
 * things there is more than one of; of a set operation only the first query counts.
 */
public enum QueryHardness {
    /** At most one clause. */
    EASY,
    /** Some clauses, or several columns. */
    MEDIUM,
    /** Many clauses, or one query inside. */
    HARD,
    /** Everything above. */
    EXTRA;

    /** The name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The grade of any text; what isn't SQL is easy. Counted on the tree, or, if the text isn't a query in SQLite's grammar
     * (a broken one, another dialect), on the tokens of its outermost level.
     */
    public static QueryHardness of(String sql) {
        return ParsedSql.of(sql)
                .map(QueryHardness::of)
                .orElseGet(() -> TokenCounts.of(SqlScanner.scan(sql)).grade());
    }

    /** The grade of a query that has been read. */
    public static QueryHardness of(ParsedSql parsed) {
        return TreeCounts.grade(parsed.query());
    }

    /**
     * The official thresholds, for whoever counts.
     *
     * @param clauses WHERE, GROUP BY, ORDER BY, LIMIT, joins, ORs and LIKEs
     * @param others how many of these there is more than one of: aggregates, selected columns, conditions, groups
     * @param nested queries in conditions, and set operations
     */
    public static QueryHardness of(int clauses, int others, int nested) {
        if (clauses <= 1 && others == 0 && nested == 0) {
            return EASY;
        }
        if (nested == 0 && ((others <= 2 && clauses <= 1) || (clauses <= 2 && others < 2))) {
            return MEDIUM;
        }
        boolean hard = (others > 2 && clauses <= 2 && nested == 0)
                || (clauses == 3 && others <= 2 && nested == 0)
                || (clauses <= 1 && others == 0 && nested <= 1);
        return hard ? HARD : EXTRA;
    }
}
