package org.sqltune.inference.engine;

import org.sqltune.core.SqlTuneException;

/** The engine's queue has no room for one more request. Try again when others have ended. */
public final class QueueFullException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    /**
     * @param requests that wait
     * @param tokens of their prompts, as far as they are known
     * @param limits of the queue
     */
    public QueueFullException(int requests, long tokens, EngineLimits limits) {
        super("The queue is full: " + requests + " requests with " + tokens + " tokens wait, and "
                + limits.waitingRequests() + " requests or " + limits.waitingTokens()
                + " tokens are its limit. Ask again later");
    }
}
