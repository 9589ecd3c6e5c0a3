package org.sqltune.model.generation;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.model.decoder.NextScores;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.decoder.PagedText;
import org.sqltune.model.generation.Generation.End;

/** Texts that are sampled from one prompt, each with a seed of its own; a single one goes on in the prompt's pages. */
final class Samples implements Continuation {
    private final Beginning beginning;
    private final List<ContinuedText> texts = new ArrayList<>();

    Samples(Beginning beginning) {
        this.beginning = beginning;
    }

    @Override
    public void begin(NextScores scores, int row) {
        int count = beginning.settings().n();
        for (int i = 0; i < count; i++) {
            PagedText text = count == 1 ? beginning.text() : beginning.branch(beginning.text());
            texts.add(beginning.continued(text, i));
        }
        texts.forEach(each -> each.take(scores, row, 1));
        release();
    }

    @Override
    public void addTo(Adder step, int room) {
        int left = room;
        for (ContinuedText each : texts) {
            if (!each.done()) {
                NewTokens next = each.next(left);
                left -= Math.min(left, next.ids().length - 1);
                step.accept(List.of(next), (scores, firstRow) -> {
                    each.take(scores, firstRow, next.scored());
                    release();
                });
            }
        }
    }

    @Override
    public int proposed() {
        return texts.stream().mapToInt(each -> each.speculation().proposed()).sum();
    }

    @Override
    public int right() {
        return texts.stream().mapToInt(each -> each.speculation().right()).sum();
    }

    /** A text that has ended gives its pages back, unless they are the prompt's. */
    private void release() {
        for (ContinuedText each : texts) {
            if (each.done() && each.text() != beginning.text()) {
                each.text().close();
            }
        }
    }

    @Override
    public boolean done() {
        return !texts.isEmpty() && texts.stream().allMatch(ContinuedText::done);
    }

    @Override
    public void end(End how) {
        texts.stream().filter(each -> !each.done()).forEach(each -> each.finish(how));
        release();
    }

    @Override
    public long[] ids() {
        return texts.isEmpty() ? new long[0] : texts.get(0).ids();
    }

    @Override
    public List<GeneratedText> results() {
        return texts.stream().map(ContinuedText::result).toList();
    }

    @Override
    public void close() {
        texts.stream()
                .map(ContinuedText::text)
                .filter(each -> each != beginning.text())
                .forEach(PagedText::close);
        beginning.rooms().close();
    }
}
