package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LayerScript;
import org.sqltune.model.weight.LayerBuffers;
import org.sqltune.model.weight.Projection;

/**
 * Which rows of a step belong to which adapter. Each adapter that was met has a number, and the matrices of all of them lie
 * together ({@link AdapterStack}), so that a step only has to say which row has which number. For one thread at a time.
 */
final class RowAdapters implements AutoCloseable {
    /** Steps after which an adapter that none needed makes way for a new one: what is stacked is computed for every row. */
    private static final long IDLE_STEPS = 256;

    private static final int BASE = -1;

    private final Torch torch;
    private final LayerScript script;
    private final TensorScope scope;
    private final List<@Nullable TextAdapter> numbers = new ArrayList<>();
    private final Map<TextAdapter, Long> lastNeeded = new HashMap<>();
    private final Map<DecoderLayer, Pack> packs = new HashMap<>();
    private Tensor rows;
    private long steps;
    private boolean needed;

    RowAdapters(Torch torch, LayerScript script) {
        this.torch = torch;
        this.script = script;
        this.scope = torch.scope();
        this.rows = torch.zeros(scope, ElementType.INT64, 0);
    }

    /**
     * A layer's weights with the adapters' beside them.
     *
     * @param weights null where the layer's own are dequantised for each call
     * @param stacks owns what is beside them
     * @param changes how often the layer had changed
     */
    private record Pack(
            LayerScript.@Nullable Weights weights,
            Map<Projection, AdapterStack> byProjection,
            TensorScope stacks,
            long changes)
            implements AutoCloseable {
        @Override
        public void close() {
            if (weights != null) {
                weights.close();
            }
            stacks.close();
        }
    }

    /** Says which rows are whose: an entry's rows follow those of the one before. */
    void place(List<NewTokens> batch) {
        steps++;
        long[] ofRows =
                new long[batch.stream().mapToInt(each -> each.ids().length).sum()];
        int row = 0;
        for (NewTokens each : batch) {
            // The base is the first row of the tables, the first adapter the second one.
            int number = number(each.text().adapter());
            Arrays.fill(ofRows, row, row + each.ids().length, number + 1L);
            row += each.ids().length;
        }
        needed = Arrays.stream(ofRows).anyMatch(number -> number > 0);
        if (needed) {
            write(ofRows);
        }
    }

    /** The number of an adapter, which it gets when it is met first; -1 for the base. */
    private int number(TextAdapter adapter) {
        if (adapter == TextAdapter.NONE) {
            return BASE;
        }
        lastNeeded.put(adapter, steps);
        int known = numbers.indexOf(adapter);
        if (known >= 0) {
            return known;
        }
        List.copyOf(lastNeeded.keySet()).stream()
                .filter(each -> steps - Objects.requireNonNull(lastNeeded.get(each)) > IDLE_STEPS)
                .forEach(this::forget);
        dropPacks();
        int free = numbers.indexOf(null);
        if (free >= 0) {
            numbers.set(free, adapter);
            return free;
        }
        numbers.add(adapter);
        return numbers.size() - 1;
    }

    private void write(long[] ofRows) {
        long capacity = Math.max(512, rows.count());
        while (capacity < ofRows.length) {
            capacity *= 2;
        }
        try (TensorScope step = torch.scope()) {
            Tensor written = step.longs(Arrays.copyOf(ofRows, (int) capacity), capacity);
            if (rows.count() < capacity) {
                dropPacks();
                rows.close();
                rows = torch.copy(scope, written);
            } else {
                torch.assign(rows, written);
            }
        }
    }

    /** Forgets an adapter: its tensors may be freed then. */
    void forget(TextAdapter adapter) {
        lastNeeded.remove(adapter);
        int known = numbers.indexOf(adapter);
        if (known >= 0) {
            dropPacks();
            numbers.set(known, null);
        }
    }

    /** A layer's weights for a step, with those of the adapters if the step needs one. */
    DecoderLayer.Packed packed(DecoderLayer layer, LayerBuffers buffers) {
        if (!needed) {
            return layer.packed(buffers);
        }
        Pack known = packs.get(layer);
        if (known == null || known.changes() != layer.changes()) {
            if (known != null) {
                known.close();
            }
            known = pack(layer, buffers);
            packs.put(layer, known);
        }
        LayerScript.Weights weights = known.weights();
        if (weights != null) {
            return new DecoderLayer.Packed(weights, false);
        }
        Map<Projection, AdapterStack> stacks = known.byProjection();
        return new DecoderLayer.Packed(
                layer.pack(buffers, (projection, own) -> beside(stacks.get(projection), own)), true);
    }

    private Pack pack(DecoderLayer layer, LayerBuffers buffers) {
        TensorScope owner = scope.child();
        Map<Projection, AdapterStack> stacks = new HashMap<>();
        AdapterStack.Maker maker = new AdapterStack.Maker(script, owner, buffers, numbers);
        LayerScript.Weights weights = layer.pack(buffers, (projection, own) -> {
            AdapterStack stack = maker.make(projection, own);
            stacks.put(projection, stack);
            return beside(stack, own);
        });
        if (layer.quantized()) {
            weights.close();
            return new Pack(null, stacks, owner, layer.changes());
        }
        return new Pack(weights, stacks, owner, layer.changes());
    }

    private Map<String, Tensor> beside(@Nullable AdapterStack stack, Map<String, Tensor> own) {
        if (stack == null || stack.tensors().isEmpty()) {
            return own;
        }
        Map<String, Tensor> all = new HashMap<>(own);
        all.putAll(stack.tensors());
        all.put("row_numbers", rows);
        return all;
    }

    private void dropPacks() {
        packs.values().forEach(Pack::close);
        packs.clear();
    }

    @Override
    public void close() {
        dropPacks();
        scope.close();
    }
}
