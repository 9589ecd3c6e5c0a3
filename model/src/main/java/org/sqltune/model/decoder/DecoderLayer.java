package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorList;
import org.sqltune.model.torch.TensorScope;

/** The weights of one layer. */
public final class DecoderLayer implements AutoCloseable {
    private final Weight attentionNorm;
    private final Weight mlpNorm;
    private final Map<ProjectionType, Projection> projections = new EnumMap<>(ProjectionType.class);
    private @Nullable TensorList norms;

    DecoderLayer(DecoderConfig config, int index, TensorScope owner, WeightSource source) {
        String path = "model.layers." + index + ".";
        int hidden = config.hiddenSize();
        attentionNorm = norm(owner, source, path + "input_layernorm.weight", hidden);
        for (ProjectionType type : ProjectionType.values()) {
            String name = type.path(index);
            int out = type.outputSize(config);
            Tensor weight = source.weight(owner, name + ".weight", out, type.inputSize(config));
            Tensor bias = type.hasBias(config) ? source.weight(owner, name + ".bias", out) : null;
            projections.put(type, new Projection(name, weight, bias));
        }
        mlpNorm = norm(owner, source, path + "post_attention_layernorm.weight", hidden);
    }

    private Weight norm(TensorScope owner, WeightSource source, String name, int size) {
        return new Weight(name, source.weight(owner, name, size), this::normsChanged);
    }

    /** One of the seven linear maps. */
    public Projection projection(ProjectionType type) {
        Projection projection = projections.get(type);
        if (projection == null) {
            throw new IllegalStateException("a layer has every projection, but not " + type);
        }
        return projection;
    }

    /** All weights of the layer. */
    public List<Weight> weights() {
        List<Weight> all = new ArrayList<>();
        all.add(attentionNorm);
        projections.values().forEach(projection -> all.addAll(projection.weights()));
        all.add(mlpNorm);
        return all;
    }

    /** The arguments that stand for this layer in {@code decoder.py}: norms, then the seven projections. */
    List<Object> arguments() {
        List<Object> arguments = new ArrayList<>();
        if (norms == null) {
            norms = new TensorList(List.of(attentionNorm.value(), mlpNorm.value()));
        }
        arguments.add(norms);
        projections.values().forEach(projection -> arguments.add(projection.packed()));
        return arguments;
    }

    private void normsChanged() {
        if (norms != null) {
            norms.close();
            norms = null;
        }
    }

    @Override
    public void close() {
        normsChanged();
        projections.values().forEach(Projection::close);
    }
}
