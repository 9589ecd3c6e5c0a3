package org.sqltune.model.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** What the processor can do, as far as the choice of arithmetic depends on it. */
public final class CpuFeatures {
    /** Names of Linux's flags for bfloat16 products: AVX-512, AMX, and Arm's extension. */
    private static final Set<String> BFLOAT16_FLAGS = Set.of("avx512_bf16", "amx_bf16", "bf16");

    /** Names of Linux's flags for sums of products of 8-bit integers on x86: AVX-512, AVX2, and AMX. */
    private static final Set<String> INT8_FLAGS = Set.of("avx512_vnni", "avx_vnni", "amx_int8");

    private final Path cpuInfo;

    /** Of this machine. */
    public CpuFeatures() {
        this(Path.of("/proc/cpuinfo"));
    }

    /** @param cpuInfo a file in the form of Linux's /proc/cpuinfo; need not exist */
    CpuFeatures(Path cpuInfo) {
        this.cpuInfo = cpuInfo;
    }

    /** Whether bfloat16 products run in hardware; false where that can't be found out. */
    public boolean multipliesBfloat16() {
        return hasOneOf(BFLOAT16_FLAGS);
    }

    /** Whether sums of products of 8-bit integers run in hardware that libtorch makes use of; false likewise. */
    public boolean multipliesInt8() {
        return hasOneOf(INT8_FLAGS);
    }

    private boolean hasOneOf(Set<String> flags) {
        if (!Files.isReadable(cpuInfo)) {
            return false;
        }
        try {
            return Files.readAllLines(cpuInfo).stream()
                    .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .anyMatch(line -> Arrays.stream(line.split("\\s+")).anyMatch(flags::contains));
        } catch (IOException e) {
            return false;
        }
    }
}
