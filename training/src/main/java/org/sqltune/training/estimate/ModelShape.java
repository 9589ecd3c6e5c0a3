package org.sqltune.training.estimate;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.training.checkpoint.TrainableModels;

/**
 * Counts a model's weights. All results are numbers of elements.
 *
 * <p>An estimate asks many times, so what differs from layer to layer is counted once.
 */
final class ModelShape {
    private final DecoderConfig config;
    private final @Nullable LoraConfig adapter;
    private final int largestAdaptedLayer;
    private final List<ProjectionShape> adapted;
    private final long adapterElements;

    /**
     * @param config the model
     * @param adapter the trained adapter; null if all weights are trained
     */
    private ModelShape(DecoderConfig config, @Nullable LoraConfig adapter) {
        this.config = config;
        this.adapter = adapter;
        long[] elements = IntStream.range(0, config.layers())
                .mapToLong(this::adapterElements)
                .toArray();
        largestAdaptedLayer = IntStream.range(0, elements.length)
                .reduce((a, b) -> elements[b] > elements[a] ? b : a)
                .orElse(0);
        adapted = adapted(largestAdaptedLayer);
        adapterElements = LongStream.of(elements).sum();
    }

    /**
     * Returns the shape of a model as a configuration trains it.
     *
     * @throws org.sqltune.core.SqlTuneException if the model has none of the adapter's target linear layers
     */
    static ModelShape of(DecoderConfig config, RunConfig run) {
        return run.training().method() == Method.FULL
                ? new ModelShape(config, null)
                : new ModelShape(config, TrainableModels.loraConfig(run.lora()).forModel(config));
    }

    /** Returns the model. */
    DecoderConfig config() {
        return config;
    }

    /** Whether all weights are trained. */
    boolean full() {
        return adapter == null;
    }

    /** Adapted linear layers of the decoder layer with the largest adapter; empty if all weights are trained. */
    List<ProjectionShape> adapted() {
        return adapted;
    }

    private List<ProjectionShape> adapted(int layer) {
        return config.modules().layer().projections().stream()
                .filter(each -> adapter != null && adapter.adapts(layer, path(layer, each)))
                .toList();
    }

    private String path(int layer, ProjectionShape shape) {
        return config.modules().path(layer, shape.path());
    }

    /** Rank of a linear layer's update in that decoder layer. */
    int rank(ProjectionShape shape) {
        return rank(largestAdaptedLayer, shape);
    }

    private int rank(int layer, ProjectionShape shape) {
        return adapter == null ? 0 : adapter.rank(path(layer, shape));
    }

    /** Whether the adapter learns magnitudes separately (DoRA). */
    boolean decomposed() {
        return adapter != null && adapter.weightDecomposed();
    }

    /** Elements of one decoder layer's adapter: A, B and, with DoRA, the magnitudes. */
    private long adapterElements(int layer) {
        return adapted(layer).stream()
                .mapToLong(each -> (long) rank(layer, each) * (each.inputSize() + each.outputSize())
                        + (decomposed() ? each.outputSize() : 0))
                .sum();
    }

    /** Elements of the adapted matrices of one decoder layer. */
    long adaptedMatrices() {
        return adapted().stream().mapToLong(ModelShape::elements).sum();
    }

    /** Elements of the matrices of one decoder layer. */
    long layerMatrices() {
        return config.modules().layer().projections().stream()
                .mapToLong(ModelShape::elements)
                .sum();
    }

    /** Number of rows of those matrices; int8 quantisation stores one scale per row. */
    long layerMatrixRows() {
        return config.modules().layer().projections().stream()
                .mapToLong(ProjectionShape::outputSize)
                .sum();
    }

    /** Elements of the largest matrix of a decoder layer. */
    long largestLayerMatrix() {
        return config.modules().layer().projections().stream()
                .mapToLong(ModelShape::elements)
                .max()
                .orElse(0);
    }

    private static long elements(ProjectionShape shape) {
        return (long) shape.inputSize() * shape.outputSize();
    }

    /** Elements of the biases and norms of one decoder layer. */
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

    /** Elements of one decoder layer. */
    long layer() {
        return layerMatrices() + layerVectors();
    }

    /** Elements of the embedding, V · E. */
    long embedding() {
        return (long) config.vocabSize() * config.hiddenSize();
    }

    /** Elements of the head; 0 if it shares the embedding's weights. */
    long untiedHead() {
        return config.tiedEmbeddings() ? 0 : embedding();
    }

    /** Elements outside the decoder layers. */
    long outsideLayers() {
        long finalNorm = config.hiddenSize() * (config.arithmetic().norm().hasBias() ? 2L : 1L);
        return embedding() + untiedHead() + finalNorm;
    }

    /** Elements of the whole model, without adapters. */
    long parameters() {
        return config.layers() * layer() + outsideLayers();
    }

    /** Trained elements. */
    long trained() {
        return full() ? parameters() : adapterElements;
    }

    /** Trained elements of the decoder layer that has most. */
    long trainedInLayer() {
        return full() ? layer() : adapterElements(largestAdaptedLayer);
    }

    /** Elements of the largest trained matrix. */
    long largestTrained() {
        if (full()) {
            return Math.max(embedding(), largestLayerMatrix());
        }
        return adapted().stream()
                .mapToLong(each -> (long) rank(each) * Math.max(each.inputSize(), each.outputSize()))
                .max()
                .orElse(0);
    }

    /** Trained elements of matrices inside the decoder layers, which Muon trains. */
    long trainedLayerMatrices() {
        return full() ? config.layers() * layerMatrices() : trained();
    }
}
