package org.sqltune.postgres.proof;

import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/** PostgreSQL's driver takes a question mark outside quotes for a parameter; doubled, it is one. */
final class QuestionMarks {
    private QuestionMarks() {}

    static String escaped(String sql) {
        StringBuilder escaped = new StringBuilder(sql);
        int added = 0;
        for (SqlToken token : SqlScanner.scan(sql)) {
            if (token.kind() == SqlToken.Kind.PARAMETER && token.text().startsWith("?")) {
                escaped.insert(token.start() + added++, '?');
            }
        }
        return escaped.toString();
    }
}
