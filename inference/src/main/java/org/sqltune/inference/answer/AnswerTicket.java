package org.sqltune.inference.answer;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextTicket;

/** A request that is being answered. Safe for use by several threads. */
public final class AnswerTicket {
    private final TextTicket ticket;
    private final Function<TextAnswer, Answer> reader;

    AnswerTicket(TextTicket ticket, Function<TextAnswer, Answer> reader) {
        this.ticket = ticket;
        this.reader = reader;
    }

    /** Ends the answer before its next token; see {@link TextTicket#cancel}. */
    public void cancel() {
        ticket.cancel();
    }

    /** The answer when it is there; an exception if there will be none. */
    public CompletionStage<Answer> answer() {
        return ticket.answer().thenApply(reader);
    }

    /** Waits for the answer; see {@link TextTicket#await}. */
    public Answer await() {
        return reader.apply(ticket.await());
    }
}
