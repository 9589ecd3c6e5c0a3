package org.sqltune.inference.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.sqltune.core.SqlTuneException;

/** A request that a {@link TextCompleter} has taken. Safe for use by several threads. */
public final class TextTicket {
    private final CompletableFuture<TextAnswer> answer = new CompletableFuture<>();
    private final Runnable cancel;

    /**
     * For whoever takes requests.
     *
     * @param cancel ends the answer as it is; may be called at any time, by any thread, any number of times
     */
    public TextTicket(Runnable cancel) {
        this.cancel = cancel;
    }

    /**
     * Ends the answer before its next token, also while it waits or its prompt is being computed. The answer then is what
     * there is, with {@link TextAnswer.End#CANCELLED}. Does nothing if it has ended.
     */
    public void cancel() {
        cancel.run();
    }

    /** The answer when it is there; an exception if the engine failed or was closed before. */
    public CompletionStage<TextAnswer> answer() {
        return answer.minimalCompletionStage();
    }

    /**
     * Waits for the answer. An interrupted thread cancels it.
     *
     * @throws SqlTuneException if the engine failed, or was closed before
     * @throws CancellationException if the thread was interrupted; it is interrupted again then
     */
    public TextAnswer await() {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new CancellationException("the thread that waited for an answer was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SqlTuneException known
                    ? new SqlTuneException(String.valueOf(known.getMessage()), known)
                    : new CompletionException(e.getCause());
        }
    }

    /** Gives the answer; what comes after the first answer or failure is ignored. */
    public void complete(TextAnswer value) {
        answer.complete(value);
    }

    /** Says that there will be no answer. */
    public void fail(RuntimeException cause) {
        answer.completeExceptionally(cause);
    }
}
