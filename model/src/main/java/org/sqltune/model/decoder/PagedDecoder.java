package org.sqltune.model.decoder;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.thread.OneThread;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorMap;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.script.DecoderScript;
import org.sqltune.model.torch.script.DecoderScript.Rotary;

/**
 * Decodes many texts at once: one pass over the weights computes the new tokens of all of them. Only attention knows which
 * token belongs to which text, and only a linear layer's adapters which is computed with which. For one thread at a time; another is
 * refused.
 */
public final class PagedDecoder implements AutoCloseable {
    /** Texts are padded to a multiple of it, since oneDNN compiles attention's products anew for every other length. */
    private static final int TOKENS_TOGETHER = 32;

    private final OneThread guard = new OneThread("A PagedDecoder", "let one thread compute the texts of a pool");
    private final Decoder decoder;
    private final DecoderConfig config;
    private final DecoderScript script;
    private final RotaryEmbedding rotary;
    private final RowAdapters adapters;
    private final StepThreads threads;

    PagedDecoder(Decoder decoder, DecoderScript script, RotaryEmbedding rotary) {
        this.decoder = decoder;
        this.config = decoder.config();
        this.script = script;
        this.rotary = rotary;
        this.adapters = new RowAdapters(decoder.torch(), script.layers());
        this.threads = new StepThreads(config);
    }

    /**
     * What one text gets.
     *
     * @param text has slots reserved for the new tokens
     * @param ids the new tokens, at least one
     * @param scored behind how many of the last ones the following token's scores are wanted
     */
    public record NewTokens(PagedText text, long[] ids, int scored) {
        /** Tokens of which the last one's scores are wanted. */
        public NewTokens(PagedText text, long... ids) {
            this(text, ids, 1);
        }
    }

    /**
     * Computes new tokens behind what their texts hold, and adds them to the texts. Where a longer text has other rotary
     * frequencies than its tokens were computed with, all of it is computed again.
     *
     * @param batch at most one entry for a text; all texts of one pool
     * @return the scores that are wanted: the first entry's rows, then the second's; the caller closes them
     * @throws SqlTuneException if an id is outside the vocabulary, or a text that must be computed again finds no free pages
     * @throws IllegalStateException if a text has an adapter and another is attached to the decoder
     */
    public NextScores scores(KvPool pool, List<NewTokens> batch) {
        return guard.call(() -> pool.guard().call(() -> computed(pool, batch)));
    }

    /** Forgets an adapter's tensors, which may be freed then; no text that has it may be computed any more. */
    public void forget(TextAdapter adapter) {
        guard.run(() -> adapters.forget(adapter));
    }

    /** As {@link #scores}, where each entry wants its last token's: for each entry [V]. */
    public float[][] next(KvPool pool, List<NewTokens> batch) {
        try (NextScores scores = scores(pool, batch)) {
            return IntStream.range(0, scores.rows()).mapToObj(scores::row).toArray(float[][]::new);
        }
    }

    private NextScores computed(KvPool pool, List<NewTokens> batch) {
        List<NewTokens> computed = batch.stream().map(this::withWhatIsStale).toList();
        computed.forEach(each -> decoder.requireUsable(each.ids()));
        for (NewTokens each : computed) {
            int length = each.text().length() + each.ids().length;
            each.text().append(rotary.lengthClass(length), each.ids());
        }
        adapters.place(computed);
        threads.prepare(computed.stream().mapToInt(each -> each.ids().length).sum());
        try (TensorScope step = decoder.torch().scope()) {
            Layout layout = new Layout(computed);
            Tensor hidden = layers(step, pool, layout);
            long[] rows = layout.scoredRows;
            return new NextScores(decoder, decoder.torch().selectRows(step, hidden, step.longs(rows, rows.length)));
        }
    }

    private NewTokens withWhatIsStale(NewTokens entry) {
        PagedText text = entry.text();
        int lengthClass = rotary.lengthClass(text.length() + entry.ids().length);
        if (text.length() == 0 || text.lengthClass() == lengthClass) {
            return entry;
        }
        long[] before = text.ids();
        long[] all = Arrays.copyOf(before, before.length + entry.ids().length);
        System.arraycopy(entry.ids(), 0, all, before.length, entry.ids().length);
        int slots = Math.max(text.reserved(), all.length);
        text.clear();
        if (!text.reserve(slots)) {
            throw new SqlTuneException("A text of " + all.length + " tokens has to be computed again, and there are no"
                    + " free pages for it: raise inference.kv_cache_bytes");
        }
        return new NewTokens(text, all, entry.scored());
    }

    private Tensor layers(TensorScope step, KvPool pool, Layout layout) {
        Tensor x = script.embed(step, decoder.embedding().value(), step.longs(layout.ids, layout.ids.length));
        Map<Integer, TensorMap> rows = new HashMap<>();
        try {
            Map<String, Tensor> shared = layout.tensors(step, rotary.at(step, layout.rowPositions, layout.textLengths));
            Tensor positions = step.longs(layout.positions, layout.texts, layout.width);
            for (int i = 0; i < config.layers(); i++) {
                int window = config.arithmetic().windows().get(i);
                TensorMap row = rows.computeIfAbsent(window, key -> {
                    Map<String, Tensor> all = new HashMap<>(shared);
                    all.put("mask", script.layers().pagedMask(step, positions, layout.tokens, key, pool.keys(0)));
                    return TensorMap.of(all);
                });
                x = decoder.layers().forwardPaged(step, i, x, row, pool, adapters);
            }
        } finally {
            rows.values().forEach(TensorMap::close);
        }
        return x;
    }

    /** Frees what it holds of adapters. */
    @Override
    public void close() {
        guard.run(() -> {
            adapters.close();
            threads.restore();
        });
    }

    /** How the new tokens of a step lie in one row, and in texts padded to one length. */
    private static final class Layout {
        private final int texts;
        private final int width;
        private final int tokens;
        private final long[] ids;
        private final long[] rowPositions;
        private final int[] textLengths;
        private final long[] slots;
        private final long[] places;
        private final long[] scoredRows;
        private final long[] table;
        private final long[] queries;
        private final long[] positions;

        Layout(List<NewTokens> batch) {
            texts = batch.size();
            width = batch.stream().mapToInt(each -> each.ids().length).max().orElseThrow();
            int longest =
                    batch.stream().mapToInt(each -> each.text().length()).max().orElseThrow();
            tokens = (longest + TOKENS_TOGETHER - 1) / TOKENS_TOGETHER * TOKENS_TOGETHER;
            int rows = batch.stream().mapToInt(each -> each.ids().length).sum();
            ids = new long[rows];
            rowPositions = new long[rows];
            textLengths = new int[rows];
            slots = new long[rows];
            places = new long[rows];
            scoredRows = new long[batch.stream().mapToInt(NewTokens::scored).sum()];
            table = new long[texts * tokens];
            queries = new long[texts * width];
            positions = new long[texts * width];
            int row = 0;
            int scored = 0;
            for (int i = 0; i < texts; i++) {
                row = place(i, batch.get(i), row);
                for (int back = batch.get(i).scored(); back > 0; back--) {
                    scoredRows[scored++] = row - back;
                }
            }
        }

        private int place(int index, NewTokens entry, int firstRow) {
            PagedText text = entry.text();
            for (int i = 0; i < text.length(); i++) {
                table[index * tokens + i] = text.slot(i);
            }
            // Padding repeats a slot that is written: what lies in others may be no number at all.
            Arrays.fill(table, index * tokens + text.length(), (index + 1) * tokens, text.slot(0));
            int past = text.length() - entry.ids().length;
            // Padding repeats the first new token, whose result nobody reads.
            Arrays.fill(queries, index * width, (index + 1) * width, firstRow);
            Arrays.fill(positions, index * width, (index + 1) * width, past);
            for (int i = 0; i < entry.ids().length; i++) {
                int row = firstRow + i;
                ids[row] = entry.ids()[i];
                rowPositions[row] = past + i;
                textLengths[row] = text.length();
                slots[row] = text.slot(past + i);
                places[row] = (long) index * width + i;
                queries[index * width + i] = row;
                positions[index * width + i] = past + i;
            }
            return firstRow + entry.ids().length;
        }

        Map<String, Tensor> tensors(TensorScope step, Rotary angles) {
            Map<String, Tensor> all = new HashMap<>(Map.of("cos", angles.cos(), "sin", angles.sin()));
            all.put("slots", step.longs(slots, slots.length));
            all.put("table", step.longs(table, table.length));
            if (ids.length < texts * width) {
                all.put("queries", step.longs(queries, queries.length));
                all.put("places", step.longs(places, places.length));
            }
            return all;
        }
    }
}
