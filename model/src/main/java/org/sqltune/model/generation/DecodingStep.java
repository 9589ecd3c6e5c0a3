package org.sqltune.model.generation;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.decoder.NextScores;
import org.sqltune.model.decoder.PagedDecoder;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;

/** What one pass over the weights computes, and who takes the scores. */
final class DecodingStep {
    private final List<NewTokens> entries = new ArrayList<>();
    private final List<Taker> takers = new ArrayList<>();
    private int rows;

    /** Goes on by the scores of some entries. */
    interface Taker {
        /** @param firstRow the first of their rows; the others follow */
        void take(NextScores scores, int firstRow);
    }

    /** Adds entries whose scores one taker gets. */
    void add(List<NewTokens> more, Taker taker) {
        int first = rows;
        for (NewTokens each : more) {
            entries.add(each);
            rows += each.scored();
        }
        takers.add((scores, ignored) -> taker.take(scores, first));
    }

    /** Rows so far. */
    int tokens() {
        return entries.stream().mapToInt(each -> each.ids().length).sum();
    }

    void run(PagedDecoder decoder, KvPool pool) {
        if (entries.isEmpty()) {
            return;
        }
        try (NextScores scores = decoder.scores(pool, entries)) {
            takers.forEach(each -> each.take(scores, 0));
        }
    }
}
