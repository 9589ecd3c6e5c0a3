package org.sqltune.model.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.util.cuda.CudaUtils;
import java.util.Locale;
import org.sqltune.core.config.settings.DeviceProbe;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;

/** Asks libtorch, through DJL, what it can compute on. Not tried on CUDA or MPS yet. */
public final class TorchDevices implements DeviceProbe {
    /** NVIDIA's Ampere; DJL writes 8.0 as 80. */
    private static final int FIRST_WITH_BFLOAT16 = 80;

    @Override
    public boolean has(DeviceChoice device) {
        return switch (device) {
            case CPU -> true;
            case CUDA -> hasCuda();
            case MPS -> isAppleSilicon();
            case AUTO -> false;
        };
    }

    /** The library must be one for CUDA, too: DJL's Linux libraries come in both kinds. */
    private static boolean hasCuda() {
        if (!CudaUtils.hasCuda()) {
            return false;
        }
        try {
            EngineDefaults.apply();
            NativeSettings.apply();
            return Engine.getEngine("PyTorch").hasCapability(StandardCapabilities.CUDA);
        } catch (EngineException e) {
            // Whatever is wrong with the library will be said when it is used.
            return false;
        }
    }

    /** DJL's library for Apple's processors knows MPS; whether it works is found out by {@link Torch#on}. */
    private static boolean isAppleSilicon() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.startsWith("mac") && System.getProperty("os.arch", "").equals("aarch64");
    }

    @Override
    public boolean multipliesBfloat16(DeviceChoice device) {
        return switch (device) {
            case CPU -> new CpuFeatures().multipliesBfloat16();
            case CUDA -> Integer.parseInt(CudaUtils.getComputeCapability(0)) >= FIRST_WITH_BFLOAT16;
            case MPS, AUTO -> false;
        };
    }
}
