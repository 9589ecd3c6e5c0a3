package org.sqltune.inference.answer;

import java.util.Optional;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.model.generation.TokenConstraint;

/** What an answer may be. Safe for use by several threads. */
@FunctionalInterface
public interface AnswerConstraint {
    /** Anything. */
    AnswerConstraint NONE = question -> Optional.empty();

    /**
     * The constraint of the answer to a question.
     *
     * @return at its beginning; empty if any text may follow
     */
    Optional<TokenConstraint> of(SqlQuestion question);
}
