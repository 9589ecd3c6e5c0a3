package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.NormPlace;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorMap;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LayerScript;
import org.sqltune.model.weight.LayerBuffers;
import org.sqltune.model.weight.NormWeights;
import org.sqltune.model.weight.Projection;
import org.sqltune.model.weight.Weight;
import org.sqltune.model.weight.WeightSource;

/** The weights of one layer. */
public final class DecoderLayer implements AutoCloseable {
    private final int window;
    private final Map<NormPlace, NormWeights> norms = new EnumMap<>(NormPlace.class);
    private final Map<String, Projection> attention = new LinkedHashMap<>();
    private final Map<String, Projection> mlp = new LinkedHashMap<>();
    private final List<JoinedProjections> joined = new ArrayList<>();
    private final AtomicLong changes = new AtomicLong();
    private LayerScript.@Nullable Weights packed;

    DecoderLayer(Torch torch, DecoderConfig config, int index, TensorScope owner, WeightSource source) {
        this.window = config.arithmetic().windows().get(index);
        config.modules().layer().norms().forEach((place, name) -> {
            String path = config.modules().path(index, name);
            norms.put(place, NormWeights.of(config, path, place.size(config), owner, source, this::changed));
        });
        JoinedProjections.Maker maker = new JoinedProjections.Maker(torch, config, index, owner, source, this::changed);
        joined.addAll(maker.make(config.modules().layer().attention(), attention));
        joined.addAll(maker.make(config.modules().layer().mlp(), mlp));
    }

    /** The linear layers in the order in which they are computed. */
    public List<Projection> projections() {
        List<Projection> all = new ArrayList<>(attention.values());
        all.addAll(mlp.values());
        return all;
    }

    /**
     * One of the linear layers.
     *
     * @param moduleName its name in {@code target_modules}
     */
    public Projection projection(String moduleName) {
        Projection projection = attention.getOrDefault(moduleName, mlp.get(moduleName));
        if (projection == null) {
            throw new IllegalArgumentException("a layer of this model has no " + moduleName);
        }
        return projection;
    }

    /** All weights of the layer. */
    public List<Weight> weights() {
        List<Weight> all = new ArrayList<>();
        norms.values().forEach(norm -> all.addAll(norm.weights()));
        projections().forEach(projection -> all.addAll(projection.weights()));
        return all;
    }

    /**
     * Its weights, packed for a call.
     *
     * @param buffers hold the layer's quantised weights during the call
     */
    Packed packed(LayerBuffers buffers) {
        if (quantized()) {
            return new Packed(pack(buffers, (projection, tensors) -> tensors), true);
        }
        LayerScript.Weights current = packed;
        if (current == null) {
            current = pack(buffers, (projection, tensors) -> tensors);
            packed = current;
        }
        return new Packed(current, false);
    }

    /**
     * A layer's weights for one call.
     *
     * @param once whether they are of no use after it
     */
    record Packed(LayerScript.Weights weights, boolean once) implements AutoCloseable {
        @Override
        public void close() {
            if (once) {
                weights.close();
            }
        }
    }

    /** Whether its linear layers' weights are dequantised for each call. */
    boolean quantized() {
        return projections().stream().anyMatch(each -> each.weight().dequantizedForProducts());
    }

    /**
     * Packs its weights for a caller, who closes them.
     *
     * @param buffers hold the layer's quantised weights during the call
     * @param changed what a linear layer's tensors become
     */
    LayerScript.Weights pack(
            LayerBuffers buffers, BiFunction<Projection, Map<String, Tensor>, Map<String, Tensor>> changed) {
        Map<String, Map<String, Tensor>> byPlace = new HashMap<>();
        norms.forEach((place, norm) -> byPlace.put(place.scriptName(), norm.tensors()));
        return new LayerScript.Weights(
                TensorMap.ofGroups(byPlace),
                TensorMap.ofGroups(byRole(attention, buffers, changed)),
                TensorMap.ofGroups(byRole(mlp, buffers, changed)),
                window);
    }

    private Map<String, Map<String, Tensor>> byRole(
            Map<String, Projection> projections,
            LayerBuffers buffers,
            BiFunction<Projection, Map<String, Tensor>, Map<String, Tensor>> changed) {
        Map<String, Map<String, Tensor>> byRole = new HashMap<>();
        for (Projection each : projections.values()) {
            Map<String, Tensor> tensors = changed.apply(each, each.tensors(buffers));
            Optional<JoinedProjections> whole =
                    joined.stream().filter(one -> one.has(each)).findAny();
            whole.ifPresent(one -> byRole.put(one.role().scriptName(), one.tensors()));
            // Of a part what adapters need, if it has some.
            if (whole.isEmpty() || tensors.containsKey("lora_A") || tensors.containsKey("row_A")) {
                byRole.put(each.shape().role().scriptName(), tensors);
            }
        }
        return byRole;
    }

    /** How often weights were replaced, or updates attached, detached or changed. */
    long changes() {
        return changes.get();
    }

    private void changed() {
        changes.incrementAndGet();
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
