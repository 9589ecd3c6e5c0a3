package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.DeviceProbe;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;
import org.sqltune.core.config.settings.ModelSettings.Quantization;

/** What is usual on a device fills the keys that nobody has set, and no other. */
class DevicePresetTest {
    /** A machine made up. */
    private record Machine(Set<DeviceChoice> has, Set<DeviceChoice> bfloat16) implements DeviceProbe {
        @Override
        public boolean has(DeviceChoice device) {
            return device == DeviceChoice.CPU || has.contains(device);
        }

        @Override
        public boolean multipliesBfloat16(DeviceChoice device) {
            return bfloat16.contains(device);
        }
    }

    private static final Machine NEW_CUDA = new Machine(Set.of(DeviceChoice.CUDA), Set.of(DeviceChoice.CUDA));
    private static final Machine OLD_CUDA = new Machine(Set.of(DeviceChoice.CUDA), Set.of());
    private static final Machine MAC = new Machine(Set.of(DeviceChoice.MPS), Set.of());
    private static final Machine PLAIN = new Machine(Set.of(), Set.of());

    @Test
    void cudaTakesEightExamplesInFourBits() {
        RunConfig config = load(NEW_CUDA);
        assertThat(config.training().batches().perDeviceTrainBatchSize()).isEqualTo(8);
        assertThat(config.training().batches().examplesPerStep()).isEqualTo(16);
        assertThat(config.model().quantization()).isEqualTo(Quantization.NF4);
        assertThat(config.model().dtype()).isEqualTo(DType.BF16);
        assertThat(config.model().device()).isEqualTo(DeviceChoice.AUTO);
    }

    @Test
    void anOldCardComputesInHalfPrecision() {
        assertThat(load(OLD_CUDA).model().dtype()).isEqualTo(DType.FP16);
    }

    @Test
    void mpsTakesTwoExamplesInFp32WithoutQuantisationAndCheckpointing() {
        RunConfig config = load(MAC);
        assertThat(config.training().batches().perDeviceTrainBatchSize()).isEqualTo(2);
        assertThat(config.training().batches().examplesPerStep()).isEqualTo(16);
        assertThat(config.training().batches().gradientCheckpointing()).isEqualTo(GradientCheckpointing.NONE);
        assertThat(config.model().quantization()).isEqualTo(Quantization.NONE);
        assertThat(config.model().dtype()).isEqualTo(DType.FP32);
    }

    @Test
    void theProcessorHasTheDefaults() {
        assertThat(load(PLAIN)).isEqualTo(RunConfig.defaults());
        assertThat(load(PLAIN).training().batches().perDeviceTrainBatchSize()).isEqualTo(1);
        assertThat(load(PLAIN).model().quantization()).isEqualTo(Quantization.NONE);
        assertThat(load(PLAIN).model().dtype()).isEqualTo(DType.AUTO);
    }

    @Test
    void whatSomebodyHasSetStays() {
        RunConfig config = load(
                NEW_CUDA,
                "training.per_device_train_batch_size=3",
                "training.gradient_accumulation_steps=5",
                "model.quantization=int8",
                "model.dtype=fp32");
        assertThat(config.training().batches().perDeviceTrainBatchSize()).isEqualTo(3);
        assertThat(config.training().batches().gradientAccumulationSteps()).isEqualTo(5);
        assertThat(config.model().quantization()).isEqualTo(Quantization.INT8);
        assertThat(config.model().dtype()).isEqualTo(DType.FP32);
    }

    @Test
    void whoWantsTheProcessorHasItsPresetBesideAGpu() {
        RunConfig config = load(NEW_CUDA, "model.device=cpu");
        assertThat(config.model().quantization()).isEqualTo(Quantization.NONE);
        assertThat(config.training().batches().perDeviceTrainBatchSize()).isEqualTo(1);
    }

    @Test
    void whereTheWantedDeviceIsMissingTheProcessorsPresetCounts() {
        RunConfig config = load(PLAIN, "model.device=cuda");
        assertThat(config.model().device()).isEqualTo(DeviceChoice.CUDA);
        assertThat(config.model().quantization()).isEqualTo(Quantization.NONE);
        assertThat(config.training().batches().perDeviceTrainBatchSize()).isEqualTo(1);
    }

    @Test
    void weightsThatAreTrainedAreNotQuantisedByAPreset() {
        assertThat(load(NEW_CUDA, "training.method=full").model().quantization())
                .isEqualTo(Quantization.NONE);
    }

    private static RunConfig load(Machine machine, String... overrides) {
        return new RunConfigLoader(path -> true, machine).load("test", "", List.of(overrides));
    }
}
