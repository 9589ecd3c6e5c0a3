package org.sqltune.evaluation.spider.grammar;

import org.sqltune.core.SqlTuneException;

/** A query that the official grammar can't read. The evaluator takes such a prediction for an empty query. */
public final class UnparseableQueryException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    /** @param message what was found where the grammar allows something else */
    public UnparseableQueryException(String message) {
        super(message);
    }
}
