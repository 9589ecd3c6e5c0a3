package org.sqltune.evaluation.metric;

import java.util.List;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/** How execution accuracy treats DISTINCT. */
public enum DistinctRule {
    /**
     * Runs queries as written: a prediction that lacks the gold query's DISTINCT returns too many rows and is wrong.
     */
    KEPT {
        @Override
        String apply(String sql) {
            return sql;
        }
    },
    /**
     * Removes DISTINCT from both queries, also inside functions, like test-suite evaluation by default: questions
     * often don't tell whether duplicates count. Scores are comparable with published ones.
     */
    IGNORED {
        @Override
        String apply(String sql) {
            StringBuilder without = new StringBuilder();
            int copied = 0;
            List<SqlToken> tokens = SqlScanner.scan(sql);
            for (int i = 0; i < tokens.size(); i++) {
                SqlToken token = tokens.get(i);
                boolean comparison = i > 0
                        && (tokens.get(i - 1).isWord("is") || tokens.get(i - 1).isWord("not"));
                if (token.isWord("distinct") && !comparison) {
                    without.append(sql, copied, token.start());
                    copied = token.end();
                }
            }
            return without.append(sql.substring(copied)).toString();
        }
    };

    /** Returns the query to run. */
    abstract String apply(String sql);
}
