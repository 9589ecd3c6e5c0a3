package org.sqltune.core.config;

import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.DeviceProbe;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;
import org.sqltune.core.config.settings.ModelSettings.Quantization;

/**
 * What is usual on a device, for keys that nobody has set. A step has as many examples on every device, since the learning
 * rate is chosen for that: only how many are computed at once differs.
 *
 * @param batch examples in one forward and backward pass
 * @param dtype the arithmetic
 * @param quantization how frozen weights are held
 */
record DevicePreset(int batch, DType dtype, Quantization quantization) {
    /**
     * The preset of the device that a choice comes to.
     *
     * @param wanted the user's choice
     */
    static DevicePreset of(DeviceChoice wanted, DeviceProbe probe) {
        DeviceChoice device = probe.resolve(wanted);
        return switch (device) {
            case CUDA ->
                new DevicePreset(8, probe.multipliesBfloat16(device) ? DType.BF16 : DType.FP16, Quantization.NF4);
            case MPS -> new DevicePreset(2, DType.FP32, Quantization.NONE);
            // What the model's file says where the processor multiplies it, else fp32: only the model loader knows.
            case CPU, AUTO -> new DevicePreset(1, DType.AUTO, Quantization.NONE);
        };
    }

    /**
     * Section {@code model} on this device.
     *
     * @param usualDtype whether nobody has set {@code dtype}
     * @param usualQuantization whether nobody has set {@code quantization}, and there are frozen weights
     */
    ModelSettings over(ModelSettings model, boolean usualDtype, boolean usualQuantization) {
        return model.withDtype(usualDtype ? dtype : model.dtype())
                .withQuantization(usualQuantization ? quantization : model.quantization());
    }

    /** The defaults of section {@code training} on this device. */
    BatchSettings over(BatchSettings defaults) {
        return defaults.withPerDeviceTrainBatchSize(batch)
                .withGradientAccumulationSteps(Math.max(1, defaults.examplesPerStep() / batch));
    }
}
