package org.sqltune.deployment.export;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.deployment.gguf.GgufTensor;
import org.sqltune.deployment.gguf.GgufType;
import org.sqltune.deployment.gguf.TensorRows;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.config.ProjectionShape.Role;

/** A model's tensors by llama.cpp's names. For one thread at a time. */
final class TensorList {
    /** Number of layers of the Gemma 2 for which llama.cpp scales attention by the model's width. */
    private static final int LAYERS_OF_GEMMA2_27B = 46;

    private final DecoderConfig config;
    private final Family family;
    private final RopeKeys rope;
    private final WeightRows weights;
    private final TensorTypes types;
    private final List<GgufTensor> tensors = new ArrayList<>();

    TensorList(DecoderConfig config, ArchitectureKeys architecture, WeightRows weights, GgufFileType type) {
        this.config = config;
        this.family = architecture.family();
        this.rope = architecture.rope();
        this.weights = weights;
        this.types = new TensorTypes(type, config);
    }

    /** All of them. */
    List<GgufTensor> build() {
        boolean head = !config.tiedEmbeddings() || family.needsHead();
        addMatrix("token_embd", config.modules().embedding(), types.embedding(!head));
        addNorm("output_norm", config.modules().finalNorm(), config.hiddenSize());
        if (head) {
            String source = config.tiedEmbeddings()
                    ? config.modules().embedding()
                    : config.modules().head();
            addMatrix("output", source, types.head());
        }
        tensors.addAll(rope.tensors());
        for (int layer = 0; layer < config.layers(); layer++) {
            addLayer(layer);
        }
        return tensors;
    }

    private void addLayer(int layer) {
        config.modules()
                .layer()
                .norms()
                .forEach((place, module) -> addNorm(
                        TensorNames.norm(layer, place), config.modules().path(layer, module), place.size(config)));
        for (ProjectionShape each : config.modules().layer().projections()) {
            addLinear(layer, each);
        }
        if (family.needsAttentionBias()) {
            config.modules().layer().attention().stream()
                    .filter(each -> !each.bias())
                    .forEach(each -> addVector(
                            TensorNames.linear(layer, each.role()) + ".bias", each.outputSize(), (row, into) -> {}));
        }
    }

    private void addLinear(int layer, ProjectionShape shape) {
        String name = TensorNames.linear(layer, shape.role());
        String module = config.modules().path(layer, shape.path());
        RowOrder order = RowOrder.of(family, config, shape.role());
        TensorRows rows = order.matrix(weights.rows(module + ".weight", shape.outputSize(), shape.inputSize()));
        tensors.add(GgufTensor.matrix(
                name + ".weight",
                types.linear(shape.role(), layer, shape.inputSize()),
                shape.outputSize(),
                shape.inputSize(),
                multiplied(rows, scale(family, config, shape.role()))));
        if (shape.bias()) {
            addVector(
                    name + ".bias",
                    shape.outputSize(),
                    order.vector(weights.rows(module + ".bias", 1, shape.outputSize())));
        }
    }

    /**
     * What a linear layer's weights are multiplied by: llama.cpp scales Gemma 2's attention by the width of heads, so that
     * queries take over what a model scales otherwise.
     */
    static float scale(Family family, DecoderConfig config, Role role) {
        if (family != Family.GEMMA2 || role != Role.Q) {
            return 1;
        }
        int width = config.layers() == LAYERS_OF_GEMMA2_27B ? config.hiddenSize() / config.heads() : config.headDim();
        return (float) (config.arithmetic().attentionScale() * Math.sqrt(width));
    }

    /** Rows times a number. */
    static TensorRows multiplied(TensorRows rows, float factor) {
        return factor == 1
                ? rows
                : (row, into) -> {
                    rows.read(row, into);
                    for (int i = 0; i < into.length; i++) {
                        into[i] *= factor;
                    }
                };
    }

    private void addNorm(String name, String module, int length) {
        Norm norm = config.arithmetic().norm();
        TensorRows weight = weights.rows(module + ".weight", 1, length);
        addVector(name + ".weight", length, norm.kind() == Norm.Kind.RMS_FROM_ONE ? fromZero(weight) : weight);
        if (norm.hasBias()) {
            addVector(name + ".bias", length, weights.rows(module + ".bias", 1, length));
        }
    }

    /** Weights that are kept as their distance from one, as they are multiplied. */
    private static TensorRows fromZero(TensorRows weight) {
        return (row, into) -> {
            weight.read(row, into);
            for (int i = 0; i < into.length; i++) {
                into[i] += 1;
            }
        };
    }

    private void addMatrix(String name, String module, GgufType type) {
        int rows = config.vocabSize();
        int columns = config.hiddenSize();
        tensors.add(GgufTensor.matrix(
                name + ".weight", type, rows, columns, weights.rows(module + ".weight", rows, columns)));
    }

    private void addVector(String name, int length, TensorRows numbers) {
        tensors.add(GgufTensor.vector(name, length, numbers));
    }
}
