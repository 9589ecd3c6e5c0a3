package org.sqltune.model.torch;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that libgomp keeps for a thread that computes. It keeps them until that thread ends, and counts them: where
 * all together are more than there are cores, as soon as two threads have computed, every thread waits only a few
 * microseconds before it sleeps, and is asleep when the next product starts.
 *
 * @see <a href="https://gcc.gnu.org/onlinedocs/libgomp/omp_005fpause_005fresource_005fall.html">omp_pause_resource_all</a>
 */
final class WaitingThreads {
    private static final Logger log = LoggerFactory.getLogger(WaitingThreads.class);

    /** libgomp's number for a pause after which everything may be used again (omp.h: omp_pause_soft). */
    private static final int SOFT = 1;

    /** The library that is loaded already, its names seen by nobody else (dlfcn.h: RTLD_LAZY and RTLD_NOLOAD). */
    private static final int LOADED_ALREADY = 1 | 4;

    private WaitingThreads() {}

    /** Ends those of the calling thread; its next product starts new ones. Does nothing where it has none, or with another library. */
    static void end() {
        if (Platform.isLinux()) {
            try {
                pause().ifPresent(pause -> pause.invokeInt(new Object[] {SOFT}));
            } catch (IOException | LinkageError | RuntimeException e) {
                log.debug("threads that wait for this one's products can't be ended", e);
            }
        }
    }

    private static Optional<Function> pause() throws IOException {
        Path folder = Path.of(LibUtils.getLibtorchPath());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("libgomp"))
                    .findAny()
                    .map(file -> NativeLibrary.getInstance(
                                    file.toString(), Map.of(Library.OPTION_OPEN_FLAGS, LOADED_ALREADY))
                            .getFunction("omp_pause_resource_all"));
        }
    }
}
