package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorList;

/** A linear map with its weight [out, in], perhaps a bias [out], perhaps a low-rank update attached from outside. */
public final class Projection implements AutoCloseable {
    private final Weight weight;
    private final @Nullable Weight bias;
    private @Nullable LowRankUpdate update;
    private @Nullable TensorList packed;

    Projection(String path, Tensor weight, @Nullable Tensor bias) {
        this.weight = new Weight(path + ".weight", weight, this::changed);
        this.bias = bias == null ? null : new Weight(path + ".bias", bias, this::changed);
    }

    /** The weight, [out, in]. */
    public Weight weight() {
        return weight;
    }

    /** Weight and, where there is one, bias. */
    public List<Weight> weights() {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }

    /** Adds an update to every result from now on, in place of one attached before. */
    public void attach(LowRankUpdate lowRankUpdate) {
        update = lowRankUpdate;
        changed();
    }

    /** Takes the update away. */
    public void detach() {
        update = null;
        changed();
    }

    /** The argument that stands for this map in {@code decoder.py}. */
    TensorList packed() {
        TensorList current = packed;
        if (current == null) {
            List<Tensor> parts = new ArrayList<>();
            weights().forEach(each -> parts.add(each.value()));
            if (update != null) {
                parts.addAll(List.of(update.a(), update.b(), update.scale()));
            }
            current = new TensorList(parts);
            packed = current;
        }
        return current;
    }

    private void changed() {
        if (packed != null) {
            packed.close();
            packed = null;
        }
    }

    @Override
    public void close() {
        changed();
    }
}
