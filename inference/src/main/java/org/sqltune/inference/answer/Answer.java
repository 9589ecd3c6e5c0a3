package org.sqltune.inference.answer;

import java.util.List;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;

/**
 * An answer.
 *
 * @param candidates the SQL in each text that was asked for, in the order of {@link TextAnswer#candidates}: its first statement
 *     without the semicolon; the text where there is none
 * @param text as the runtime gave it, with what it took
 */
public record Answer(List<String> candidates, TextAnswer text) {
    public Answer {
        candidates = List.copyOf(candidates);
    }

    /** The SQL of the first text. */
    public String sql() {
        return candidates.get(0);
    }

    /** Whether the SQL ends only because no more tokens were allowed. What follows a whole statement may be cut. */
    public boolean cut() {
        return text.end() == End.LENGTH && text.text().strip().endsWith(sql());
    }
}
