package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LayerScript;
import org.sqltune.model.weight.LayerBuffers;
import org.sqltune.model.weight.Projection;
import org.sqltune.model.weight.ProjectionUpdate;

/**
 * Which rows of a step belong to which adapter. Each adapter that was met has a number, under which its tensors lie beside
 * the base's (see {@code decoder/adapter.py}), so that a step only has to say which rows are whose. It costs least if entries
 * of one adapter follow each other. For one thread at a time.
 */
final class RowAdapters implements AutoCloseable {
    private static final int BASE = -1;

    private final Torch torch;
    private final TensorScope scope;
    private final List<@Nullable TextAdapter> numbers = new ArrayList<>();
    private final Map<DecoderLayer, Pack> packs = new HashMap<>();
    private @Nullable Tensor spans;

    RowAdapters(Torch torch) {
        this.torch = torch;
        this.scope = torch.scope();
    }

    /** A layer's weights with the adapters' beside them, of when the layer had changed so often. */
    private record Pack(LayerScript.Weights weights, long changes) {}

    /** The number of an adapter, which it gets when it is met first; -1 for the base. */
    private int number(TextAdapter adapter) {
        if (adapter == TextAdapter.NONE) {
            return BASE;
        }
        int known = numbers.indexOf(adapter);
        if (known >= 0) {
            return known;
        }
        dropPacks();
        int free = numbers.indexOf(null);
        if (free >= 0) {
            numbers.set(free, adapter);
            return free;
        }
        numbers.add(adapter);
        return numbers.size() - 1;
    }

    /** Forgets an adapter: its tensors may be freed then. */
    void forget(TextAdapter adapter) {
        int known = numbers.indexOf(adapter);
        if (known >= 0) {
            dropPacks();
            numbers.set(known, null);
        }
    }

    /** Says which rows are whose: an entry's rows follow those of the one before. */
    void place(List<NewTokens> batch) {
        List<Long> found = new ArrayList<>();
        int row = 0;
        int last = BASE;
        for (NewTokens each : batch) {
            int number = number(each.text().adapter());
            int end = row + each.ids().length;
            if (number != BASE && number == last) {
                found.set(found.size() - 1, (long) end);
            } else if (number != BASE) {
                found.addAll(List.of((long) number, (long) row, (long) end));
            }
            last = number;
            row = end;
        }
        if (!numbers.isEmpty()) {
            write(found);
        }
    }

    private void write(List<Long> found) {
        int room = spans == null ? 16 : (int) spans.count();
        while (room < 1 + found.size()) {
            room *= 2;
        }
        long[] values = new long[room];
        values[0] = found.size() / 3;
        for (int i = 0; i < found.size(); i++) {
            values[1 + i] = found.get(i);
        }
        try (TensorScope step = torch.scope()) {
            Tensor written = step.longs(values, values.length);
            if (spans == null || spans.count() < room) {
                dropPacks();
                spans = torch.hostCopy(scope, written);
            } else {
                torch.assign(spans, written);
            }
        }
    }

    /** A layer's weights for a step, with those of the adapters that were met. */
    DecoderLayer.Packed packed(DecoderLayer layer, LayerBuffers buffers) {
        if (numbers.isEmpty()) {
            return layer.packed(buffers);
        }
        if (layer.quantized()) {
            return new DecoderLayer.Packed(layer.pack(buffers, this::beside), true);
        }
        Pack known = packs.get(layer);
        if (known == null || known.changes() != layer.changes()) {
            if (known != null) {
                known.weights().close();
            }
            known = new Pack(layer.pack(buffers, this::beside), layer.changes());
            packs.put(layer, known);
        }
        return new DecoderLayer.Packed(known.weights(), false);
    }

    /** A linear layer's tensors with those of the adapters beside them. */
    private Map<String, Tensor> beside(Projection projection, Map<String, Tensor> tensors) {
        Map<String, Tensor> all = new HashMap<>(tensors);
        for (int i = 0; i < numbers.size(); i++) {
            TextAdapter adapter = numbers.get(i);
            ProjectionUpdate update = adapter == null ? null : adapter.update(projection);
            if (update != null) {
                add(all, update.tensors(weight(projection, tensors)), "." + i);
            }
        }
        if (all.size() > tensors.size() && spans != null) {
            if (tensors.containsKey("lora_A")) {
                throw new IllegalStateException("an adapter is attached to the decoder, and texts have adapters of their"
                        + " own: detach it");
            }
            all.put("spans", spans);
        }
        return all;
    }

    private static Tensor weight(Projection projection, Map<String, Tensor> tensors) {
        Tensor dequantized = tensors.get("weight");
        return dequantized == null ? projection.weight().value() : dequantized;
    }

    private static void add(Map<String, Tensor> all, Map<String, Tensor> tensors, String suffix) {
        tensors.forEach((name, tensor) -> all.put(name + suffix, tensor));
    }

    private void dropPacks() {
        packs.values().forEach(each -> each.weights().close());
        packs.clear();
    }

    @Override
    public void close() {
        dropPacks();
        scope.close();
    }
}
