package org.sqltune.model.generation;

import java.util.List;
import java.util.function.BiConsumer;
import org.sqltune.model.decoder.NextScores;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;

/** How a computed prompt is continued: by samples, or by beams. */
sealed interface Continuation permits Samples, BeamSearch {
    /**
     * Begins behind the prompt.
     *
     * @param row the scores behind the prompt's last token
     */
    void begin(NextScores scores, int row);

    /** Takes what a step shall compute, and who takes the scores. */
    interface Adder extends BiConsumer<List<NewTokens>, DecodingStep.Taker> {}

    /**
     * Adds what it needs next to a step.
     *
     * @param room how many tokens may be proposed in all
     */
    void addTo(Adder step, int room);

    boolean done();

    /** Ends what hasn't ended. */
    void end(Generation.End how);

    /** The new ids of the first text so far. */
    long[] ids();

    /** Tokens that were proposed so far. */
    default int proposed() {
        return 0;
    }

    /** Those of them that were right. */
    default int right() {
        return 0;
    }

    /** What came of it, when it is done. */
    List<GeneratedText> results();

    /** Gives pages back that aren't the prompt's. */
    void close();
}
