package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.thread.OneThread;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Memory for the keys and values of many texts, in pages of {@value #PAGE} tokens: for every layer a pool of keys and one of
 * values, [K, slots, D] each. A page may belong to several texts that begin alike. The size
 * never changes; the system gives the memory as pages are first written. A pool, its texts and its {@link PrefixTree} are for
 * one thread at a time; another is refused with a {@link SqlTuneException}.
 */
public final class KvPool implements AutoCloseable {
    /** Tokens of a page. */
    public static final int PAGE = 16;

    private final OneThread guard =
            new OneThread("A KvPool with its texts", "let one thread change and compute the texts of a pool");
    private final Torch torch;
    private final TensorScope scope;
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final int[] owners;
    private final int[] free;
    private int freePages;

    KvPool(Torch torch, DecoderConfig config, ElementType type, int pages) {
        if (pages < 1) {
            throw new IllegalArgumentException("a pool needs at least one page, not " + pages);
        }
        this.torch = torch;
        this.scope = torch.scope();
        this.owners = new int[pages];
        this.free = new int[pages];
        for (int layer = 0; layer < config.layers(); layer++) {
            keys.add(torch.empty(scope, type, config.keyValueHeads(), (long) pages * PAGE, config.headDim()));
            values.add(torch.empty(scope, type, config.keyValueHeads(), (long) pages * PAGE, config.headDim()));
        }
        // The last of the free pages is taken first: so that they are taken in order.
        for (int page = pages - 1; page >= 0; page--) {
            free[freePages++] = page;
        }
    }

    /** Bytes that a page takes in all layers: 2 × layers × K × D × {@value #PAGE} numbers. */
    public static long bytesOfPage(DecoderConfig config, ElementType type) {
        return 2L * config.layers() * config.keyValueHeads() * config.headDim() * PAGE * type.bytes();
    }

    /**
     * Pages for a number of bytes, but always enough for one text of the model's context, or of 8,192 tokens if that is less.
     */
    public static int pagesFor(DecoderConfig config, ElementType type, long bytes) {
        long oneText = pagesOf(Math.min(config.maxPositions(), 8192));
        long pages = Math.max(oneText, bytes / bytesOfPage(config, type));
        return (int) Math.min(Integer.MAX_VALUE / PAGE, pages);
    }

    /** Pages that so many tokens fill, the last one perhaps in part. */
    public static int pagesOf(int tokens) {
        return (tokens + PAGE - 1) / PAGE;
    }

    /** Pages in all. Safe for use by several threads. */
    public int pages() {
        return owners.length;
    }

    /** Pages that belong to no text. */
    public int freePages() {
        return guard.call(() -> freePages);
    }

    /** A text of the base's without tokens. */
    public PagedText newText() {
        return newText(TextAdapter.NONE);
    }

    /** A text without tokens, to be computed with an adapter. */
    public PagedText newText(TextAdapter adapter) {
        return new PagedText(this, adapter);
    }

    /** Refuses a second thread while the first is inside. */
    OneThread guard() {
        return guard;
    }

    /** A page for a text; there must be a free one. */
    int take() {
        int page = free[--freePages];
        owners[page] = 1;
        return page;
    }

    /** One more text has the page. */
    void share(int page) {
        owners[page]++;
    }

    /** How many texts and beginnings have the page. */
    int owners(int page) {
        return owners[page];
    }

    /** A text gives the page back. */
    void release(int page) {
        if (owners[page] < 1) {
            throw new IllegalStateException("page " + page + " is given back more often than it was taken");
        }
        if (--owners[page] == 0) {
            free[freePages++] = page;
        }
    }

    /** Copies keys and values of all layers from slots to others. */
    void copy(long[] from, long[] to) {
        torch.copyWithin(keys, from, to);
        torch.copyWithin(values, from, to);
    }

    Tensor keys(int layer) {
        return keys.get(layer);
    }

    Tensor values(int layer) {
        return values.get(layer);
    }

    @Override
    public void close() {
        guard.run(scope::close);
    }
}
