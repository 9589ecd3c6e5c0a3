package org.sqltune.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final int ADDRESS_DIGITS = 12;
    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-[0-9a-f]+ ");

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
        double taken = givenBack(pages);
        reporter.publishEntry("megabytes", String.format(Locale.ROOT, "%.1f of %.1f", taken / 1e6, expected / 1e6));
        assertThat(taken).isCloseTo(expected, within(TOLERANCE * expected));
    }

    /** Bytes that the process no longer has once a full pool is closed. */
    private double givenBack(int pages) throws Exception {
        double full;
        try (KvPool pool = decoder.newPool(pages)) {
            long slots = (long) pages * KvPool.PAGE;
            for (long from = 0; from < slots; from += SLOTS_AT_ONCE) {
                long[] to = LongStream.range(from, Math.min(slots, from + SLOTS_AT_ONCE))
                        .toArray();
                long[] source = new long[to.length];
                Arrays.fill(source, 0);
                pool.copy(source, to);
            }
            full = resident();
        }
        return full - resident();
    }

    /**
     * Anonymous memory, counted page by page, without what the allocator keeps of memory that was freed, and without Java's heap,
     * which lies in the lowest addresses.
     */
    private static double resident() throws Exception {
        NativeLibrary.getProcess().getFunction("malloc_trim").invokeInt(new Object[] {0L});
        double bytes = 0;
        boolean high = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.find()) {
                high = mapping.group(1).length() == ADDRESS_DIGITS;
            } else if (high && line.startsWith("Anonymous:")) {
                bytes += Long.parseLong(line.replaceAll("\\D", "")) * 1024.0;
            }
        }
        return bytes;
    }
}
