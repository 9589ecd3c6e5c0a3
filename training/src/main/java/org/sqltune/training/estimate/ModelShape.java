package org.sqltune.training.estimate;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.training.checkpoint.TrainableModels;

/**
 * Numbers of weights, in elements.
 *
 * @param config the model
 * @param adapter the adapter that is trained; null where every weight is
 */
record ModelShape(DecoderConfig config, @Nullable LoraConfig adapter) {
    /**
     * What a configuration makes of a model.
     *
     * @throws org.sqltune.core.SqlTuneException if the adapter's targets are none of the model's linear layers
     */
    static ModelShape of(DecoderConfig config, RunConfig run) {
        return run.training().method() == Method.FULL
                ? new ModelShape(config, null)
                : new ModelShape(config, TrainableModels.loraConfig(run.lora()).forModel(config));
    }

    /** Whether every weight is trained. */
    boolean full() {
        return adapter == null;
    }

    /** Linear layers that are adapted, in the layer that has most of them; none where every weight is trained. */
    List<ProjectionShape> adapted() {
        return adapted(largestAdaptedLayer());
    }

    private List<ProjectionShape> adapted(int layer) {
        return config.modules().layer().projections().stream()
                .filter(each -> adapter != null && adapter.adapts(layer, path(layer, each)))
                .toList();
    }

    private String path(int layer, ProjectionShape shape) {
        return config.modules().path(layer, shape.path());
    }

    private int largestAdaptedLayer() {
        return IntStream.range(0, config.layers())
                .reduce((a, b) -> adapterElements(b) > adapterElements(a) ? b : a)
                .orElse(0);
    }

    /** The rank of a linear layer's update in that layer. */
    int rank(ProjectionShape shape) {
        return rank(largestAdaptedLayer(), shape);
    }

    private int rank(int layer, ProjectionShape shape) {
        return adapter == null ? 0 : adapter.rank(path(layer, shape));
    }

    /** Whether rows' lengths are learned apart (DoRA). */
    boolean decomposed() {
        return adapter != null && adapter.weightDecomposed();
    }

    /** A, B and, with DoRA, the rows' lengths. */
    private long adapterElements(int layer) {
        return adapted(layer).stream()
                .mapToLong(each -> (long) rank(layer, each) * (each.inputSize() + each.outputSize())
                        + (decomposed() ? each.outputSize() : 0))
                .sum();
    }

    /** Elements of one layer's matrices that are adapted. */
    long adaptedMatrices() {
        return adapted().stream().mapToLong(ModelShape::elements).sum();
    }

    /** Elements of the linear layers' matrices of one layer. */
    long layerMatrices() {
        return config.modules().layer().projections().stream()
                .mapToLong(ModelShape::elements)
                .sum();
    }

    /** Rows of those matrices together: each has a scale of its own in 8 bits. */
    long layerMatrixRows() {
        return config.modules().layer().projections().stream()
                .mapToLong(ProjectionShape::outputSize)
                .sum();
    }

    /** Elements of the largest matrix of a layer. */
    long largestLayerMatrix() {
        return config.modules().layer().projections().stream()
                .mapToLong(ModelShape::elements)
                .max()
                .orElse(0);
    }

    private static long elements(ProjectionShape shape) {
        return (long) shape.inputSize() * shape.outputSize();
    }

    /** Biases and norms of one layer. */
    private long layerVectors() {
        Norm norm = config.arithmetic().norm();
        long norms = config.modules().layer().norms().keySet().stream()
                .mapToLong(place -> place.size(config))
                .sum();
        long biases = config.modules().layer().projections().stream()
                .mapToLong(each -> each.bias() ? each.outputSize() : 0)
                .sum();
        return norms * (norm.hasBias() ? 2 : 1) + biases;
    }

    /** One layer. */
    long layer() {
        return layerMatrices() + layerVectors();
    }

    /** The embedding V · E. */
    long embedding() {
        return (long) config.vocabSize() * config.hiddenSize();
    }

    /** The head where it isn't the embedding, else 0. */
    long untiedHead() {
        return config.tiedEmbeddings() ? 0 : embedding();
    }

    /** What isn't in the layers. */
    long outsideLayers() {
        long finalNorm = config.hiddenSize() * (config.arithmetic().norm().hasBias() ? 2L : 1L);
        return embedding() + untiedHead() + finalNorm;
    }

    /** The whole model, adapters left out. */
    long parameters() {
        return config.layers() * layer() + outsideLayers();
    }

    /** What is trained. */
    long trained() {
        return full()
                ? parameters()
                : IntStream.range(0, config.layers())
                        .mapToLong(this::adapterElements)
                        .sum();
    }

    /** What is trained in one layer, the one with most. */
    long trainedInLayer() {
        return full() ? layer() : adapterElements(largestAdaptedLayer());
    }

    /** The largest trained matrix. */
    long largestTrained() {
        if (full()) {
            return Math.max(embedding(), largestLayerMatrix());
        }
        return adapted().stream()
                .mapToLong(each -> (long) rank(each) * Math.max(each.inputSize(), each.outputSize()))
                .max()
                .orElse(0);
    }

    /** Elements of trained matrices inside the layers: the ones that Muon takes. */
    long trainedLayerMatrices() {
        return full() ? config.layers() * layerMatrices() : trained();
    }
}
