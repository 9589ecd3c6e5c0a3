package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.ModelSettings.Quantization;

class RunConfigTest {
    @Test
    void aChangeInJavaIsThatOfAnOverride() {
        Map<String, UnaryOperator<RunConfig>> changes = Map.of(
                "training.gradient_checkpointing=selective",
                config -> config.withGradientCheckpointing(GradientCheckpointing.SELECTIVE),
                "training.max_length=77",
                batches(batches -> batches.withMaxLength(77)),
                "training.max_tokens_per_row=512",
                batches(batches -> batches.withMaxTokensPerRow(512)),
                "training.per_device_train_batch_size=3",
                batches(batches -> batches.withPerDeviceTrainBatchSize(3)),
                "training.gradient_accumulation_steps=5",
                batches(batches -> batches.withGradientAccumulationSteps(5)),
                "model.name=owner/name",
                config -> config.withModel(config.model().withName("owner/name")),
                "model.revision=v2",
                config -> config.withModel(config.model().withRevision("v2")),
                "model.dtype=bf16",
                config -> config.withModel(config.model().withDtype(DType.BF16)),
                "model.quantization=nf4",
                config -> config.withModel(config.model().withQuantization(Quantization.NF4)));
        RunConfigLoader loader = new RunConfigLoader(path -> true);
        RunConfig usual = loader.load(null, List.of());
        changes.forEach((override, change) -> assertThat(change.apply(usual))
                .as(override)
                .isNotEqualTo(usual)
                .isEqualTo(loader.load(null, List.of(override))));
    }

    private static UnaryOperator<RunConfig> batches(UnaryOperator<BatchSettings> change) {
        return config -> config.withTraining(
                config.training().withBatches(change.apply(config.training().batches())));
    }
}
