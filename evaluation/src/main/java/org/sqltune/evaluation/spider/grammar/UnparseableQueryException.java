package org.sqltune.evaluation.spider.grammar;

import org.sqltune.core.SqlTuneException;

/** Thrown if the official grammar doesn't accept a query. Such a prediction counts as an empty query. */
public final class UnparseableQueryException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    /** @param message names the unexpected token */
    public UnparseableQueryException(String message) {
        super(message);
    }
}
