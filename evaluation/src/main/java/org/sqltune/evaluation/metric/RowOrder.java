package org.sqltune.evaluation.metric;

import java.util.List;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/** Whether a query prescribes the order of its rows. */
final class RowOrder {
    private RowOrder() {}

    /** Whether there is an ORDER BY outside all parentheses: one inside a subquery or a window orders nothing outside. */
    static boolean isPrescribedBy(String sql) {
        List<SqlToken> tokens = SqlScanner.scan(sql);
        int depth = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isSymbol("(")) {
                depth++;
            } else if (token.isSymbol(")")) {
                depth--;
            } else if (depth == 0 && token.isWord("order") && tokens.get(i + 1).isWord("by")) {
                return true;
            }
        }
        return false;
    }
}
