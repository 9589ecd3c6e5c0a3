package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** Keys and values of the tokens seen so far, for every layer: [capacity, K, D] each. */
public final class KvCache implements AutoCloseable {
    private final TensorScope scope;
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final int capacity;
    private final long[] ids;
    private int length;
    private int lengthClass;

    KvCache(Torch torch, DecoderConfig config, ElementType type, int capacity) {
        this.scope = torch.scope();
        this.capacity = capacity;
        this.ids = new long[capacity];
        for (int layer = 0; layer < config.layers(); layer++) {
            keys.add(torch.zeros(scope, type, capacity, config.keyValueHeads(), config.headDim()));
            values.add(torch.zeros(scope, type, capacity, config.keyValueHeads(), config.headDim()));
        }
    }

    /** Tokens held. */
    public int length() {
        return length;
    }

    /** Tokens it can hold. */
    public int capacity() {
        return capacity;
    }

    /** Forgets all tokens but the first {@code newLength}. */
    public void truncate(int newLength) {
        if (newLength > length) {
            throw new IllegalArgumentException("the cache holds " + length + " tokens, not " + newLength);
        }
        length = newLength;
    }

    void reserve(int tokens) {
        if (length + tokens > capacity) {
            throw new SqlTuneException("A text of " + (length + tokens) + " tokens doesn't fit the " + capacity
                    + " that were reserved. Shorten the schema or the question, or lower max_new_tokens");
        }
    }

    /** Which of the model's rotary frequencies the cached tokens were computed with. */
    int lengthClass() {
        return lengthClass;
    }

    /** The cached tokens and some more. */
    long[] idsFollowedBy(long... more) {
        long[] all = Arrays.copyOf(ids, length + more.length);
        System.arraycopy(more, 0, all, length, more.length);
        return all;
    }

    void advance(int newLengthClass, long... added) {
        System.arraycopy(added, 0, ids, length, added.length);
        length += added.length;
        lengthClass = newLengthClass;
    }

    Tensor keys(int layer) {
        return keys.get(layer);
    }

    Tensor values(int layer) {
        return values.get(layer);
    }

    @Override
    public void close() {
        scope.close();
    }
}
