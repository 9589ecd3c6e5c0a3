package org.sqltune.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuFeaturesTest {
    @TempDir
    Path folder;

    @Test
    void theFlagOfBfloat16ProductsIsFound() throws IOException {
        assertThat(multiplies("processor : 0\nflags\t\t: fpu avx512f avx512_bf16 clzero\n"))
                .isTrue();
        assertThat(multiplies("Features : fp asimd bf16 i8mm\n")).isTrue();
    }

    @Test
    void aProcessorWithoutItOrWithoutTheFileHasNone() throws IOException {
        assertThat(multiplies("flags : fpu avx512f avx512_vbmi2\nbugs : bf16\n"))
                .isFalse();
        assertThat(new CpuFeatures(folder.resolve("missing")).multipliesBfloat16())
                .isFalse();
    }

    private boolean multiplies(String cpuInfo) throws IOException {
        Path file = folder.resolve("cpuinfo");
        Files.writeString(file, cpuInfo);
        return new CpuFeatures(file).multipliesBfloat16();
    }
}
