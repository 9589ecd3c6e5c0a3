package org.sqltune.training.estimate;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.data.PromptDataset;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.DecoderConfigReader;
import org.sqltune.model.decoder.DenseAttention;
import org.sqltune.model.hub.ByteSizes;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.model.torch.ElementType;

/**
 * Says what a run will take before it begins. It reads a model's config.json and tokenizer, which it downloads if the user
 * names a model of the hub that the cache lacks; never its weights.
 */
public final class RunEstimator {
    /** Times the arithmetic's bytes that a weight takes with its gradient and the optimizer's moments: 18 to 2. */
    private static final long TRAINED_BYTES = 9;

    private final ModelLoader loader;
    private final MachineMemory machine;

    /** @param machine what there is to fit into */
    public RunEstimator(ModelLoader loader, MachineMemory machine) {
        this.loader = loader;
        this.machine = machine;
    }

    /**
     * Estimates, and measures a few layers for some seconds.
     *
     * @throws SqlTuneException if the model's settings or the data can't be read
     */
    public RunEstimate estimate(RunConfig config, PromptDataset data) {
        // Before the tokenizer is fetched: what the cache lacks is what somebody will wait for.
        OptionalLong download = loader.downloadBytes(config.model());
        try (Subject subject = new Subject(config, data)) {
            return subject.estimate(download, subject.calibrate());
        }
    }

    /**
     * Refuses a run that needs more memory than there is, unless {@code training.check_memory} is off. Takes less than a
     * second and reads no weights.
     *
     * @throws SqlTuneException if it doesn't fit, with what would
     */
    public void requireFits(RunConfig config, PromptDataset data) {
        if (!config.training().batches().checkMemory()) {
            return;
        }
        try (Subject subject = new Subject(config, data)) {
            RunEstimate estimate = subject.estimate(OptionalLong.empty(), null);
            if (!estimate.fits()) {
                throw new SqlTuneException(refusal(estimate));
            }
        }
    }

    private static String refusal(RunEstimate estimate) {
        String proposal = estimate.proposal();
        return String.format(
                Locale.ROOT,
                "The run needs about %s of memory but %s are available%s: %s; or go on regardless with"
                        + " training.check_memory=false",
                ByteSizes.inWords(estimate.memory().peak()),
                ByteSizes.inWords(estimate.available().bytes()),
                estimate.available().limitedBy().equals("container") ? " in this container" : "",
                proposal == null ? "no setting makes it fit, choose a smaller model" : "it fits with " + proposal);
    }

    /** A run's model and data, read. */
    private final class Subject implements AutoCloseable {
        private final RunConfig config;
        private final PromptDataset data;
        private final DecoderConfig decoder;
        private final ElementType type;
        private final Tokenizer tokenizer;
        private final Workload workload;

        Subject(RunConfig config, PromptDataset data) {
            this.config = config;
            this.data = data;
            Path folder = loader.tokenizerFolder(config.model());
            this.decoder = DecoderConfigReader.read(folder);
            this.type = loader.elementType(config.model(), decoder);
            this.tokenizer = Tokenizer.load(folder, decoder);
            try {
                this.workload = workload(config);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        }

        private Workload workload(RunConfig changed) {
            return Workload.of(changed, data, tokenizer, DenseAttention.scoresAtOnce(decoder));
        }

        RunEstimate estimate(OptionalLong download, @Nullable TimeEstimate time) {
            ModelShape shape = ModelShape.of(decoder, config);
            MemoryEstimate memory = memory(config);
            MachineMemory.Available available = machine.available();
            String proposal = memory.peak() <= available.bytes()
                    ? null
                    : new Proposals(config, changed -> memory(changed).peak() <= available.bytes())
                            .find()
                            .orElse(null);
            return new RunEstimate(
                    shape.parameters(),
                    shape.trained(),
                    download,
                    type.safetensorsName(),
                    workload.steps(),
                    Math.round(workload.tokensPerStep() * workload.steps()),
                    Math.round(workload.computedPerStep() * workload.steps()),
                    workload.sampledSteps() < Math.min(workload.steps(), workload.stepsPerEpoch()),
                    memory,
                    memory(withCheckpointing(false)),
                    memory(withCheckpointing(true)),
                    available,
                    proposal,
                    time);
        }

        private RunConfig withCheckpointing(boolean on) {
            return Proposals.with(config, List.of("training.gradient_checkpointing=" + on));
        }

        private MemoryEstimate memory(RunConfig changed) {
            boolean sameRows = changed.training().batches().maxLength()
                            == config.training().batches().maxLength()
                    && changed.training().batches().perDeviceTrainBatchSize()
                            == config.training().batches().perDeviceTrainBatchSize();
            Workload rows = sameRows ? workload : workload(changed);
            return new MemoryModel(changed, decoder, type, rows).estimate();
        }

        /** Null where not even the layers to measure would fit well. */
        @Nullable
        TimeEstimate calibrate() {
            ModelShape shape = ModelShape.of(decoder, config);
            long trained = shape.full() ? TRAINED_BYTES : 1;
            long needed = Calibration.weights(shape) * type.bytes() * trained;
            if (needed > machine.available().bytes() / 2) {
                return null;
            }
            return new Calibration(config, decoder, type, workload).measure(loader);
        }

        @Override
        public void close() {
            tokenizer.close();
        }
    }
}
