package org.sqltune.training.estimate;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.core.config.settings.OptimizerSettings.Optim;
import org.sqltune.core.config.settings.TrainingSettings.Init;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.training.estimate.MemoryEstimate.Moment;

/** Estimates a process's peak memory from the model's shape, the run's settings and its rows. */
final class MemoryModel {
    private static final int FP32 = ElementType.FLOAT32.bytes();

    /** Target positions per chunk, for which logits are in memory. */
    private static final long TARGETS_AT_ONCE = 1024;

    /** Bytes of logits that are processed at once in fp32. */
    private static final long SCORES_IN_CACHE = 8 << 20;

    private final RunConfig run;
    private final DecoderConfig config;
    private final ModelShape shape;
    private final ElementType type;
    private final Workload workload;
    private final LayerActivations layer;
    private final ProcessMemory process;

    /** @param type element type of the computation */
    MemoryModel(RunConfig run, DecoderConfig config, ElementType type, Workload workload) {
        this.run = run;
        this.config = config;
        this.shape = ModelShape.of(config, run);
        this.type = type;
        this.workload = workload;
        boolean dropout = !shape.full() && run.lora().loraDropout() > 0;
        this.layer = new LayerActivations(shape, type, dropout);
        this.process = new ProcessMemory(config, workload.dataBytes());
    }

    /** Returns the estimate of the moment with the largest peak. */
    MemoryEstimate estimate() {
        return Stream.of(Moment.values())
                .map(this::at)
                .max(Comparator.comparingLong(MemoryEstimate::peak))
                .orElseThrow();
    }

    /** Returns the estimate of one moment. */
    MemoryEstimate at(Moment moment) {
        Map<MemoryPart, Long> parts = new EnumMap<>(MemoryPart.class);
        parts.put(MemoryPart.PROCESS, process.bytes());
        parts.put(MemoryPart.WEIGHTS, weights());
        if (moment == Moment.LOADING) {
            parts.put(MemoryPart.WEIGHTS, loading());
            return new MemoryEstimate(moment, parts);
        }
        parts.put(MemoryPart.TRAINED, trained());
        parts.put(MemoryPart.GRADIENTS, shape.trained() * FP32);
        parts.put(MemoryPart.OPTIMIZER, moments() * FP32);
        parts.put(MemoryPart.WORK_SPACE, process.kernels(shape, type) + gaps());
        switch (moment) {
            case BACKWARD -> addPass(parts);
            case EVALUATION -> addEvaluation(parts);
            case OPTIMIZER_STEP -> parts.merge(MemoryPart.OPTIMIZER, 3 * shape.largestTrained() * FP32, Long::sum);
            case SAVING -> parts.merge(MemoryPart.WEIGHTS, shape.full() ? savedCopy() : 0, Long::sum);
            case LOADING -> throw new IllegalStateException("returned above");
        }
        return new MemoryEstimate(moment, parts);
    }

    /** Bytes of the copy that saving makes: weights are converted to the stored type one at a time. */
    private long savedCopy() {
        return config.storedType() == ElementType.FLOAT32
                ? 0
                : shape.largestTrained() * config.storedType().bytes();
    }

    private long moments() {
        long all = 2 * shape.trained();
        return run.training().optimizer().optim() == Optim.MUON ? all - shape.trainedLayerMatrices() : all;
    }

    private Quantization quantization() {
        boolean frozen =
                run.training().method() == Method.LORA && run.training().init() == Init.PRETRAINED;
        return frozen ? run.model().quantization() : Quantization.NONE;
    }

    /** Bytes of the frozen weights. Trained weights are counted by {@link #trained}. */
    private long weights() {
        if (shape.full()) {
            return 0;
        }
        long embedding = type == config.storedType() ? touchedEmbedding() : shape.embedding() * type.bytes();
        long outside = embedding + (shape.outsideLayers() - shape.embedding()) * type.bytes();
        long vectors = (shape.layer() - shape.layerMatrices()) * type.bytes();
        long matrices = switch (quantization()) {
            case NONE -> shape.layerMatrices() * type.bytes();
            case NF4 -> Math.round(shape.layerMatrices() * (0.5 + 1 / 64.0 + 4 / (64.0 * 256)));
            case INT8 -> shape.layerMatrices() + shape.layerMatrixRows() * FP32;
        };
        long dequantised = quantization() == Quantization.NONE ? 0 : shape.layerMatrices() * type.bytes();
        // PiSSA keeps the original weights and the residual weights that training uses.
        long residual = run.lora().startsPrincipal() ? shape.adaptedMatrices() * type.bytes() : 0;
        return outside + config.layers() * (matrices + vectors + residual) + dequantised;
    }

    /** Resident bytes of a memory-mapped embedding: the blocks of rows that were looked up. */
    private long touchedEmbedding() {
        long all = shape.embedding() * type.bytes();
        return config.tiedEmbeddings()
                ? all
                : Math.min(
                        all,
                        workload.distinctTokens()
                                * Math.max(ProcessMemory.MAPPED_AT_ONCE, config.hiddenSize() * type.bytes()));
    }

    /**
     * Peak bytes while loading. Trained weights are copies; the pages of the mapped file stay resident until the last
     * copy is made.
     */
    private long loading() {
        if (!shape.full()) {
            return weights();
        }
        boolean mapped = run.training().init() == Init.PRETRAINED && type == config.storedType();
        long files = mapped ? shape.parameters() * type.bytes() : 0;
        return files + trained();
    }

    /** Bytes of trained weights: fp32 masters, and copies in the computing type unless that is fp32. */
    private long trained() {
        return shape.trained() * (type.bytes() == FP32 ? FP32 : FP32 + type.bytes());
    }

    private GradientCheckpointing checkpointing() {
        GradientCheckpointing asked = run.training().batches().gradientCheckpointing();
        boolean full = asked == GradientCheckpointing.AUTO
                || asked == GradientCheckpointing.NONE && quantization() != Quantization.NONE;
        return full ? GradientCheckpointing.FULL : asked;
    }

    private List<RowShape> rows() {
        return workload.rows();
    }

    private void addPass(Map<MemoryPart, Long> parts) {
        RowShape row = rows().stream().max(Comparator.comparingLong(this::pass)).orElseThrow();
        long kept = kept(row);
        long atHead = head(row.targets(), true);
        long atLayer = backward(row);
        if (atHead >= atLayer) {
            parts.put(MemoryPart.ACTIVATIONS, kept);
            parts.put(MemoryPart.HEAD, atHead);
        } else {
            parts.put(MemoryPart.ACTIVATIONS, kept + layerBackward(row));
            parts.merge(MemoryPart.GRADIENTS, shape.trainedInLayer() * type.bytes(), Long::sum);
        }
    }

    private long pass(RowShape row) {
        return kept(row) + Math.max(head(row.targets(), true), backward(row));
    }

    private long gaps() {
        return rows().stream()
                .mapToLong(row -> process.gaps(pass(row), pooled(row), workload.rowsInAll()))
                .max()
                .orElse(0);
    }

    private long pooled(RowShape row) {
        return switch (checkpointing()) {
            case NONE -> config.layers() * layer.pooled(row);
            case SELECTIVE -> layer.pooled(row) + config.layers() * layer.pooledProducts(row);
            case FULL, AUTO -> layer.pooled(row);
        };
    }

    private long kept(RowShape row) {
        RowShape last = row.towardsTargets();
        long outputs = config.layers() * layer.output(row) + layer.output(last);
        return switch (checkpointing()) {
            case NONE -> layer.output(row) + (config.layers() - 1) * layer.kept(row) + layer.kept(last);
            case SELECTIVE -> outputs + (config.layers() - 1) * layer.products(row) + layer.products(last);
            case FULL, AUTO -> outputs;
        };
    }

    private long backward(RowShape row) {
        return layerBackward(row) + shape.trainedInLayer() * type.bytes();
    }

    private long layerBackward(RowShape row) {
        return layer.backward(row) + (checkpointing() == GradientCheckpointing.NONE ? 0 : layer.kept(row));
    }

    private void addEvaluation(Map<MemoryPart, Long> parts) {
        RowShape largest = workload.evaluationRows().stream()
                .max(Comparator.comparingLong(row -> Math.max(layer.forward(row), head(row.targets(), false))))
                .orElse(RowShape.EMPTY);
        parts.put(MemoryPart.ACTIVATIONS, layer.forward(largest));
        parts.put(MemoryPart.HEAD, head(largest.targets(), false));
    }

    /**
     * Bytes of the head and the loss: logits, which their gradients overwrite; without gradients also fp32 logits and
     * log-probabilities.
     */
    private long head(long targets, boolean gradients) {
        long positions = Math.min(targets, TARGETS_AT_ONCE);
        long all = positions * config.vocabSize();
        long scores = gradients ? all * type.bytes() + 3 * SCORES_IN_CACHE : all * (2L * FP32 + type.bytes());
        long weights = gradients && shape.full() ? shape.embedding() * type.bytes() : 0;
        return scores + weights;
    }
}
