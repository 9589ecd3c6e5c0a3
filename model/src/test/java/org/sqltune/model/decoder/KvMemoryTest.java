package org.sqltune.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** A pool takes the memory that its formula says, when its pages are written, and gives it back. Linux tells how much that is. */
@EnabledOnOs(OS.LINUX)
class KvMemoryTest {
    private static final long BYTES = 128L << 20;
    private static final int SLOTS_AT_ONCE = 4096;
    private static final double TOLERANCE = 0.05;

    private final Torch torch = Torch.cpu();
    private final Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);

    @AfterEach
    void close() {
        decoder.close();
        torch.close();
    }

    @Test
    void aFullPoolTakesWhatItsFormulaSays(TestReporter reporter) throws Exception {
        int pages = KvPool.pagesFor(decoder.config(), decoder.type(), BYTES);
        double expected = pages * (double) KvPool.bytesOfPage(decoder.config(), decoder.type());
        assertThat(expected).isCloseTo(BYTES, within(0.01 * BYTES));
        // The allocator may still hold memory of something that was freed before, and the pool then takes less anew.
        double taken = taken(pages);
        for (int i = 0; i < 5 && Math.abs(taken - expected) > TOLERANCE * expected; i++) {
            taken = taken(pages);
        }
        reporter.publishEntry("megabytes", String.format(Locale.ROOT, "%.1f of %.1f", taken / 1e6, expected / 1e6));
        assertThat(taken).isCloseTo(expected, within(TOLERANCE * expected));
    }

    private double taken(int pages) throws Exception {
        try (KvPool pool = decoder.newPool(pages)) {
            double before = resident();
            long slots = (long) pages * KvPool.PAGE;
            for (long from = 0; from < slots; from += SLOTS_AT_ONCE) {
                long[] to = LongStream.range(from, Math.min(slots, from + SLOTS_AT_ONCE))
                        .toArray();
                long[] source = new long[to.length];
                Arrays.fill(source, 0);
                pool.copy(source, to);
            }
            return resident() - before;
        }
    }

    private static double resident() throws Exception {
        System.gc();
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("RssAnon:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024.0;
    }
}
