package org.sqltune.workflow.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to a file from elsewhere, it is read, or one line names it and says what to do. The process that reads
 * it lives on.
 */
class CorruptedFilesTest {
    private static final long FEW = 120;
    private static final long MANY = Long.getLong("sqltune.damagedFiles", 2000);

    @TempDir
    private Path folder;

    @Test
    void damagedFilesEndInALine() throws IOException, InterruptedException {
        List<DamagedCase> cases = run(1, FEW);
        Set<DamagedFile> seen = cases.stream().map(DamagedCase::file).collect(Collectors.toSet());
        assertThat(seen).isEqualTo(EnumSet.allOf(DamagedFile.class));
    }

    /** Others than the fast ones; {@code -Dsqltune.damagedFiles=N} makes it as many. */
    @Test
    @Tag("heavy")
    void thousandsOfDamagedFilesEndInALine() throws IOException, InterruptedException {
        run(100_001, 100_000 + MANY);
    }

    private List<DamagedCase> run(long first, long last) throws IOException, InterruptedException {
        List<DamagedCase> cases = new DamagedCases(folder).run(first, last);
        Files.createDirectories(Path.of("target"));
        Files.write(
                Path.of("target", "corrupted-files-" + first + ".txt"),
                cases.stream().map(DamagedCase::toString).toList());
        Map<String, Long> endings =
                cases.stream().collect(Collectors.groupingBy(DamagedCase::ending, TreeMap::new, Collectors.counting()));
        assertThat(cases).as("%s", endings).hasSize((int) (last - first + 1));
        assertThat(cases)
                .as("%s", endings)
                .noneMatch(each -> Set.of("BROKEN", "CRASHED", "HUNG").contains(each.ending()));
        return cases;
    }
}
