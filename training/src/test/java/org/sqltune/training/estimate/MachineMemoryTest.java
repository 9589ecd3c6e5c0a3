package org.sqltune.training.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path root;

    @BeforeEach
    void makeMachine() throws IOException {
        write("proc/meminfo", "MemTotal: 8388608 kB\nMemFree: 1024 kB\nMemAvailable: 4194304 kB\n");
        write("proc/self/status", "Name:\tjava\nVmRSS:\t  102400 kB\n");
    }

    @Test
    void withoutContainerItIsWhatTheMachineHasAndTheProcessHolds() {
        assertThat(available()).isEqualTo(new MachineMemory.Available((4096 + 100) * MIB, "machine"));
    }

    @Test
    void aLimitOfVersionTwoCounts() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        writeVersionTwo("", 1000 * MIB + "\n", 600 * MIB, 250 * MIB);
        assertThat(available()).isEqualTo(new MachineMemory.Available((1000 - 350 + 100) * MIB, "container"));
    }

    @Test
    void theTightestOfTheGroupsAroundTheProcessCounts() throws IOException {
        write("proc/self/cgroup", "0::/pod/app\n");
        writeVersionTwo("pod/app", "max\n", 600 * MIB, 0);
        writeVersionTwo("pod", 2000 * MIB + "\n", 700 * MIB, 0);
        writeVersionTwo("", 3000 * MIB + "\n", 1200 * MIB, 0);
        assertThat(available().bytes()).isEqualTo((1300 + 100) * MIB);
    }

    @Test
    void aLimitOfVersionOneCounts() throws IOException {
        write("proc/self/cgroup", "12:cpu,cpuacct:/\n5:memory:/docker/abc\n0::/\n");
        // Inside the container its own group is mounted as the root: the path names a folder that isn't there.
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", 512 * MIB + "\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", 200 * MIB + "\n");
        write("sys/fs/cgroup/memory/memory.stat", "cache 1\ntotal_inactive_file " + 50 * MIB + "\n");
        assertThat(available()).isEqualTo(new MachineMemory.Available((512 - 150 + 100) * MIB, "container"));
    }

    @Test
    void noLimitOfVersionOneIsALargeNumber() throws IOException {
        write("proc/self/cgroup", "5:memory:/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1000\n");
        assertThat(available().limitedBy()).isEqualTo("machine");
    }

    @Test
    void aLimitAboveWhatIsFreeIsNone() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        writeVersionTwo("", 64_000 * MIB + "\n", 600 * MIB, 0);
        assertThat(available().limitedBy()).isEqualTo("machine");
    }

    @Test
    void anExhaustedGroupLeavesWhatTheProcessHolds() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        writeVersionTwo("", 500 * MIB + "\n", 510 * MIB, 0);
        assertThat(available().bytes()).isEqualTo(100 * MIB);
    }

    @Test
    void aSystemThatSaysNothingHasItsPhysicalMemory() {
        MachineMemory.Available found = new MachineMemory(root.resolve("elsewhere")).available();
        assertThat(found.bytes()).isGreaterThan(100 * MIB);
        assertThat(found.limitedBy()).isEqualTo("machine");
    }

    private MachineMemory.Available available() {
        return new MachineMemory(root).available();
    }

    private void writeVersionTwo(String group, String max, long current, long inactive) throws IOException {
        Path folder = Path.of("sys/fs/cgroup").resolve(group);
        write(folder.resolve("memory.max").toString(), max);
        write(folder.resolve("memory.current").toString(), current + "\n");
        write(folder.resolve("memory.stat").toString(), "anon 5\ninactive_file " + inactive + "\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
