package org.sqltune.core.config.settings;

import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;

/** Finds out what this machine can compute on. */
public interface DeviceProbe {
    /** A machine with nothing but a processor that has no instructions for bfloat16. */
    DeviceProbe PROCESSOR_ONLY = new DeviceProbe() {
        @Override
        public boolean has(DeviceChoice device) {
            return device == DeviceChoice.CPU;
        }

        @Override
        public boolean multipliesBfloat16(DeviceChoice device) {
            return false;
        }
    };

    /** Whether there is such a device, and libraries that can use it. */
    boolean has(DeviceChoice device);

    /**
     * Whether a device that is there multiplies bfloat16 in hardware: NVIDIA's from compute capability 8.0 on, processors by
     * their instructions.
     */
    boolean multipliesBfloat16(DeviceChoice device);

    /** The device that a choice comes to: the best one there is for {@code AUTO}, the CPU where the wanted one is missing. */
    default DeviceChoice resolve(DeviceChoice wanted) {
        if (wanted != DeviceChoice.AUTO) {
            return has(wanted) ? wanted : DeviceChoice.CPU;
        }
        return has(DeviceChoice.CUDA) ? DeviceChoice.CUDA : has(DeviceChoice.MPS) ? DeviceChoice.MPS : DeviceChoice.CPU;
    }
}
