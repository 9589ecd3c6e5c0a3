package org.sqltune.training.estimate;

import java.util.List;
import org.sqltune.core.config.LoraSettings;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.TrainingSettings.Method;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.ProjectionShape;

/**
 * Numbers of weights, in elements.
 *
 * @param config the model
 * @param adapted linear maps that get a low-rank update
 * @param rank the update's rank
 * @param full whether every weight is trained
 */
record ModelShape(DecoderConfig config, List<ProjectionShape> adapted, int rank, boolean full) {
    /** What a configuration makes of a model. */
    static ModelShape of(DecoderConfig config, RunConfig run) {
        boolean full = run.training().method() == Method.FULL;
        List<String> targets = run.lora().targetModules();
        boolean all = targets.equals(List.of(LoraSettings.ALL_LINEAR));
        List<ProjectionShape> adapted = config.modules().layer().projections().stream()
                .filter(each -> !full && (all || targets.contains(each.moduleName())))
                .toList();
        return new ModelShape(config, adapted, run.lora().r(), full);
    }

    /** Elements of the linear maps' matrices of one layer. */
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
        return full ? parameters() : config.layers() * trainedInLayer();
    }

    /** What is trained in one layer. */
    long trainedInLayer() {
        if (full) {
            return layer();
        }
        return adapted.stream()
                .mapToLong(each -> (long) rank * (each.inputSize() + each.outputSize()))
                .sum();
    }

    /** The largest trained matrix. */
    long largestTrained() {
        if (full) {
            return Math.max(embedding(), largestLayerMatrix());
        }
        return adapted.stream()
                .mapToLong(each -> (long) rank * Math.max(each.inputSize(), each.outputSize()))
                .max()
                .orElse(0);
    }

    /** Elements of trained matrices inside the layers: the ones that Muon takes. */
    long trainedLayerMatrices() {
        return full ? config.layers() * layerMatrices() : trained();
    }
}
