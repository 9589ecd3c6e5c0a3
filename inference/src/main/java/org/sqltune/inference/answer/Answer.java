package org.sqltune.inference.answer;

import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;

/**
 * An answer.
 *
 * @param sql the SQL in it: its first statement without the semicolon; the text where there is none
 * @param text as the runtime gave it, with what it took
 */
public record Answer(String sql, TextAnswer text) {
    /** Whether the SQL ends only because no more tokens were allowed. What follows a whole statement may be cut. */
    public boolean cut() {
        return text.end() == End.LENGTH && text.text().strip().endsWith(sql);
    }
}
