package org.sqltune.training.estimate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.training.batch.BatchPlanner;

/** Proposes settings that need less memory, in order of increasing cost. */
final class Proposals {
    private static final int SHORTEST = 128;
    private static final int SHORTEST_ROW = 512;

    private final RunConfig config;
    private final Predicate<RunConfig> fits;

    /** @param fits tests whether a changed configuration fits into memory */
    Proposals(RunConfig config, Predicate<RunConfig> fits) {
        this.config = config;
        this.fits = fits;
    }

    /**
     * One change of the configuration.
     *
     * @param overrides the command-line overrides, value by key
     * @param change applies the overrides to a configuration
     */
    private record Change(Map<String, Object> overrides, UnaryOperator<RunConfig> change) {
        static Change ofBatches(Map<String, Object> overrides, UnaryOperator<BatchSettings> change) {
            return new Change(
                    overrides,
                    config -> config.withTraining(config.training()
                            .withBatches(change.apply(config.training().batches()))));
        }

        Change and(Change next) {
            Map<String, Object> both = new LinkedHashMap<>(overrides);
            next.overrides.keySet().forEach(both::remove);
            both.putAll(next.overrides);
            return new Change(both, config -> next.change.apply(change.apply(config)));
        }

        String typed() {
            return overrides.entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining(" "));
        }
    }

    /**
     * Returns the overrides of the first single change that fits, else of the shortest sequence of changes that fits
     * together; empty if none does.
     */
    Optional<String> find() {
        List<Change> changes = changes();
        Optional<Change> alone = changes.stream().filter(this::fits).findFirst();
        if (alone.isPresent()) {
            return alone.map(Change::typed);
        }
        Change together = new Change(Map.of(), config -> config);
        for (Change change : changes) {
            together = together.and(change);
            if (fits(together)) {
                return Optional.of(together.typed());
            }
        }
        return Optional.empty();
    }

    private boolean fits(Change change) {
        return fits.test(change.change().apply(config));
    }

    private static Change checkpointing(GradientCheckpointing mode) {
        return new Change(
                Map.of("training.gradient_checkpointing", inWords(mode)),
                config -> config.withGradientCheckpointing(mode));
    }

    private static Change quantization(Quantization quantization) {
        return new Change(
                Map.of("model.quantization", inWords(quantization)),
                config -> config.withModel(config.model().withQuantization(quantization)));
    }

    private static String inWords(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        BatchSettings batches = config.training().batches();
        // PiSSA decomposes the weights, which it can't do with quantised ones.
        boolean quantizable =
                config.training().method() == Method.LORA && !config.lora().startsPrincipal();
        GradientCheckpointing now = batches.gradientCheckpointing();
        if (now == GradientCheckpointing.NONE && config.model().quantization() == Quantization.NONE) {
            changes.add(checkpointing(GradientCheckpointing.SELECTIVE));
        }
        if (now == GradientCheckpointing.SELECTIVE
                || now == GradientCheckpointing.NONE && config.model().quantization() == Quantization.NONE) {
            changes.add(checkpointing(GradientCheckpointing.FULL));
        }
        changes.addAll(batches.sharePrefixes() ? shorterRows(batches) : fewerExamplesInARow(batches));
        if (quantizable && config.model().quantization() == Quantization.NONE) {
            changes.add(quantization(Quantization.INT8));
        }
        if (quantizable && config.model().quantization() != Quantization.NF4) {
            changes.add(quantization(Quantization.NF4));
        }
        for (int length = batches.maxLength() / 2; length >= SHORTEST; length /= 2) {
            int limit = length;
            changes.add(
                    Change.ofBatches(Map.of("training.max_length", limit), changed -> changed.withMaxLength(limit)));
        }
        return changes;
    }

    private static List<Change> shorterRows(BatchSettings batches) {
        List<Change> changes = new ArrayList<>();
        int usual = batches.maxTokensPerRow() == null ? BatchPlanner.LONGEST_ROW : batches.maxTokensPerRow();
        for (int tokens = usual / 2; tokens >= SHORTEST_ROW; tokens /= 2) {
            int limit = tokens;
            changes.add(Change.ofBatches(
                    Map.of("training.max_tokens_per_row", limit), changed -> changed.withMaxTokensPerRow(limit)));
        }
        return changes;
    }

    private static List<Change> fewerExamplesInARow(BatchSettings batches) {
        List<Change> changes = new ArrayList<>();
        int examples = batches.examplesPerStep();
        for (int size = batches.perDeviceTrainBatchSize() / 2; size >= 1; size /= 2) {
            int batch = size;
            int passes = (examples + batch - 1) / batch;
            Map<String, Object> overrides = new LinkedHashMap<>();
            overrides.put("training.per_device_train_batch_size", batch);
            overrides.put("training.gradient_accumulation_steps", passes);
            changes.add(Change.ofBatches(
                    overrides,
                    changed -> changed.withPerDeviceTrainBatchSize(batch).withGradientAccumulationSteps(passes)));
        }
        return changes;
    }
}
