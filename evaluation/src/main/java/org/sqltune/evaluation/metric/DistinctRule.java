package org.sqltune.evaluation.metric;

import java.util.List;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/** What execution accuracy makes of DISTINCT. */
public enum DistinctRule {
    /** Queries run as written: one that lacks the gold query's DISTINCT returns too many rows, and is wrong. */
    KEPT {
        @Override
        String apply(String sql) {
            return sql;
        }
    },
    /**
     * DISTINCT is taken out of both queries, in functions too, as test-suite evaluation does unless told otherwise: which
     * of two questions wants it is often a matter of taste. Figures are then comparable with published ones.
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

    /** The query as it is to be run. */
    abstract String apply(String sql);
}
