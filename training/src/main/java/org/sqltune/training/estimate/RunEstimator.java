package org.sqltune.training.estimate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.data.split.Splits;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.model.torch.ElementType;
import org.sqltune.training.estimate.RunEstimate.TimeEstimate;

/**
 * Estimates what a run needs before it starts. It reads the model's config.json and tokenizer, and downloads them for a
 * hub model that the cache lacks. It never reads the weights.
 */
public final class RunEstimator {
    /** Bytes of a trained weight with gradient and optimizer moments, per byte of the weight itself: 18 to 2. */
    private static final long TRAINED_BYTES = 9;

    private final ModelLoader loader;
    private final MachineMemory machine;

    /** @param machine reports the available memory */
    public RunEstimator(ModelLoader loader, MachineMemory machine) {
        this.loader = loader;
        this.machine = machine;
    }

    /**
     * Estimates a run and measures a few layers for some seconds to estimate its time.
     *
     * @throws SqlTuneException if the model's settings or the data can't be read
     */
    public RunEstimate estimate(RunConfig config, Splits<PromptCompletion> data) {
        // Before the tokenizer is downloaded, so that its bytes count too.
        OptionalLong download = loader.downloadBytes(config.model());
        try (Subject subject = new Subject(settle(config, data).config(), data)) {
            return subject.estimate(download, subject.calibrate());
        }
    }

    /**
     * Refuses a run that needs more memory than is available, unless {@code training.check_memory} is off. Takes less
     * than a second and reads no weights.
     *
     * @throws ConfigException if the run doesn't fit; the message names settings with which it does
     */
    public void requireFits(RunConfig config, Splits<PromptCompletion> data) {
        if (!config.training().batches().checkMemory()) {
            return;
        }
        try (Subject subject = new Subject(settle(config, data).config(), data)) {
            RunEstimate estimate = subject.estimate(OptionalLong.empty(), null);
            if (!estimate.fits()) {
                throw new ConfigException("training.check_memory", List.of(refusal(estimate)));
            }
        }
    }

    /**
     * A configuration whose automatic settings have been chosen.
     *
     * @param config the configuration, with {@code training.gradient_checkpointing: auto} replaced by the chosen mode
     * @param note one line on the choice and its reason; null if there was nothing to choose
     */
    public record Settled(RunConfig config, @Nullable String note) {}

    /**
     * Chooses for {@code training.gradient_checkpointing: auto} the mode that recomputes least among those whose run fits
     * into the memory that is available now, or {@code full} if none does. Takes less than a second and reads no weights.
     */
    public Settled settle(RunConfig config, Splits<PromptCompletion> data) {
        if (config.training().batches().gradientCheckpointing() != GradientCheckpointing.AUTO) {
            return new Settled(config, null);
        }
        try (Subject subject = new Subject(config, data)) {
            return subject.settled();
        }
    }

    private static String refusal(RunEstimate estimate) {
        String proposal = estimate.proposal();
        return String.format(
                Locale.ROOT,
                "the run needs about %s of memory but %s are available%s: %s; or train anyway with"
                        + " training.check_memory=false",
                ByteSizes.inWords(estimate.memory().peak()),
                ByteSizes.inWords(estimate.available().bytes()),
                estimate.available().limitedBy().equals("container") ? " in this container" : "",
                proposal == null ? "no setting makes it fit, choose a smaller model" : "it fits with " + proposal);
    }

    /** A run's configuration with the model's shape, tokenizer and workload. */
    private final class Subject implements AutoCloseable {
        private final RunConfig config;
        private final Splits<PromptCompletion> data;
        private final DecoderConfig decoder;
        private final ElementType type;
        private final Tokenizer tokenizer;
        private final Workload workload;

        Subject(RunConfig config, Splits<PromptCompletion> data) {
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
            return Workload.of(changed, data, tokenizer, decoder);
        }

        Settled settled() {
            MachineMemory.Available available = machine.available();
            List<String> tooMuch = new ArrayList<>();
            GradientCheckpointing chosen = GradientCheckpointing.NONE;
            long peak = memory(config.withGradientCheckpointing(chosen)).peak();
            while (peak > available.bytes() && chosen != GradientCheckpointing.FULL) {
                tooMuch.add(inWords(chosen) + " about " + ByteSizes.inWords(peak));
                chosen = chosen == GradientCheckpointing.NONE
                        ? GradientCheckpointing.SELECTIVE
                        : GradientCheckpointing.FULL;
                peak = memory(config.withGradientCheckpointing(chosen)).peak();
            }
            String note = "training.gradient_checkpointing auto: " + inWords(chosen) + ", which needs about "
                    + ByteSizes.inWords(peak) + (tooMuch.isEmpty() ? "" : " (" + String.join(", ", tooMuch) + ")")
                    + " of " + ByteSizes.inWords(available.bytes()) + " available";
            return new Settled(config.withGradientCheckpointing(chosen), note);
        }

        private static String inWords(GradientCheckpointing mode) {
            return mode.name().toLowerCase(Locale.ROOT);
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
                    memory(config.withGradientCheckpointing(GradientCheckpointing.NONE)),
                    memory(config.withGradientCheckpointing(GradientCheckpointing.SELECTIVE)),
                    memory(config.withGradientCheckpointing(GradientCheckpointing.FULL)),
                    available,
                    proposal,
                    time);
        }

        private MemoryEstimate memory(RunConfig changed) {
            BatchSettings asked = changed.training().batches();
            BatchSettings usual = config.training().batches();
            boolean sameRows = asked.maxLength() == usual.maxLength()
                    && asked.perDeviceTrainBatchSize() == usual.perDeviceTrainBatchSize()
                    && Objects.equals(asked.maxTokensPerRow(), usual.maxTokensPerRow());
            Workload rows = sameRows ? workload : workload(changed);
            return new MemoryModel(changed, decoder, type, rows).estimate();
        }

        /** Measures the time; null if the layers to measure would take more than half of the available memory. */
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
