package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.torch.Tensor;

/** A linear map with its weight [out, in], perhaps a bias [out], perhaps a low-rank update attached from outside. */
public final class Projection {
    private final String path;
    private final ProjectionShape shape;
    private final Weight weight;
    private final @Nullable Weight bias;
    private final Runnable onChange;
    private @Nullable LowRankUpdate update;

    /**
     * @param path its full name in Hugging Face's layout
     * @param onChange called when {@link #parts} changes
     */
    Projection(String path, ProjectionShape shape, Tensor weight, @Nullable Tensor bias, Runnable onChange) {
        this.path = path;
        this.shape = shape;
        this.weight = new Weight(path + ".weight", weight, onChange);
        this.bias = bias == null ? null : new Weight(path + ".bias", bias, onChange);
        this.onChange = onChange;
    }

    /** Its full name in Hugging Face's layout: {@code model.layers.3.self_attn.q_proj}. */
    public String path() {
        return path;
    }

    /** Its name within the layer, and its sizes. */
    public ProjectionShape shape() {
        return shape;
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
        onChange.run();
    }

    /** Takes the update away. */
    public void detach() {
        update = null;
        onChange.run();
    }

    /** The tensors that stand for this map in {@code decoder.py}. */
    List<Tensor> parts() {
        List<Tensor> parts = new ArrayList<>();
        weights().forEach(each -> parts.add(each.value()));
        if (update != null) {
            parts.addAll(List.of(update.a(), update.b(), update.scale()));
        }
        return parts;
    }
}
