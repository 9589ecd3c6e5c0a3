package org.sqltune.training.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.RunConfigWriter;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.training.batch.BatchPlanner;

/** Settings that need less memory, the one that costs least first. */
final class Proposals {
    private static final int SHORTEST = 128;
    private static final int SHORTEST_ROW = 512;

    private final RunConfig config;
    private final Predicate<RunConfig> fits;

    /** @param fits whether a changed configuration fits */
    Proposals(RunConfig config, Predicate<RunConfig> fits) {
        this.config = config;
        this.fits = fits;
    }

    /** The first single change that fits, else the first changes together; what is typed behind the command. */
    Optional<String> find() {
        List<List<String>> changes = changes();
        Optional<List<String>> alone = changes.stream().filter(this::fits).findFirst();
        if (alone.isPresent()) {
            return alone.map(Proposals::typed);
        }
        List<String> together = new ArrayList<>();
        for (List<String> change : changes) {
            together.addAll(change);
            if (fits(together)) {
                return Optional.of(typed(lastOfEachKey(together)));
            }
        }
        return Optional.empty();
    }

    private boolean fits(List<String> overrides) {
        return fits.test(with(config, overrides));
    }

    private static String typed(List<String> overrides) {
        return String.join(" ", overrides);
    }

    private static List<String> lastOfEachKey(List<String> overrides) {
        List<String> result = new ArrayList<>();
        for (String override : overrides) {
            String key = override.substring(0, override.indexOf('=') + 1);
            result.removeIf(each -> each.startsWith(key));
            result.add(override);
        }
        return result;
    }

    /** The configuration with {@code section.key=value}s. */
    static RunConfig with(RunConfig config, List<String> overrides) {
        return new RunConfigLoader(path -> true).load("configuration", RunConfigWriter.toYaml(config), overrides);
    }

    private List<List<String>> changes() {
        List<List<String>> changes = new ArrayList<>();
        BatchSettings batches = config.training().batches();
        boolean frozen = config.training().method() == Method.LORA;
        GradientCheckpointing now = batches.gradientCheckpointing();
        if (now == GradientCheckpointing.NONE && config.model().quantization() == Quantization.NONE) {
            changes.add(List.of("training.gradient_checkpointing=selective"));
        }
        if (now == GradientCheckpointing.SELECTIVE
                || now == GradientCheckpointing.NONE && config.model().quantization() == Quantization.NONE) {
            changes.add(List.of("training.gradient_checkpointing=full"));
        }
        changes.addAll(batches.sharePrefixes() ? shorterRows(batches) : fewerExamplesInARow(batches));
        if (frozen && config.model().quantization() == Quantization.NONE) {
            changes.add(List.of("model.quantization=int8"));
        }
        if (frozen && config.model().quantization() != Quantization.NF4) {
            changes.add(List.of("model.quantization=nf4"));
        }
        for (int length = batches.maxLength() / 2; length >= SHORTEST; length /= 2) {
            changes.add(List.of("training.max_length=" + length));
        }
        return changes;
    }

    private static List<List<String>> shorterRows(BatchSettings batches) {
        List<List<String>> changes = new ArrayList<>();
        int usual = batches.maxTokensPerRow() == null ? BatchPlanner.LONGEST_ROW : batches.maxTokensPerRow();
        for (int tokens = usual / 2; tokens >= SHORTEST_ROW; tokens /= 2) {
            changes.add(List.of("training.max_tokens_per_row=" + tokens));
        }
        return changes;
    }

    private static List<List<String>> fewerExamplesInARow(BatchSettings batches) {
        List<List<String>> changes = new ArrayList<>();
        int examples = batches.examplesPerStep();
        for (int batch = batches.perDeviceTrainBatchSize() / 2; batch >= 1; batch /= 2) {
            changes.add(List.of(
                    "training.per_device_train_batch_size=" + batch,
                    "training.gradient_accumulation_steps=" + (examples + batch - 1) / batch));
        }
        return changes;
    }
}
