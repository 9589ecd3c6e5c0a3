package org.sqltune.model.torch;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of the native libraries underneath, for a process that trains models. They are environment variables, read
 * when a library is loaded or at its first product. Java can't set its own process's environment, but the C library can.
 * Variables that the process's owner has set are left alone.
 *
 * <p>Kernels: oneDNN, libtorch's library for bf16 products, compiles machine code for every shape of operands; it keeps
 * the newest 1,024 of these kernels, and so does each thread of ideep, the layer between the two. Rows differ in length,
 * so a kernel is used in one row and hardly ever again: those caches hold 800 MB after some hundred steps and save
 * nothing. One row's kernels, some twenty, are what should be kept.
 *
 * <p>Waiting threads: libgomp's threads spin for milliseconds between two products. Where another program has a core,
 * they spin while the thread they wait for can't run, and an answer takes up to forty times as long. A thread that sleeps
 * between two products of a token is waked up too late for the next, or on the core of the other thread.
 *
 * <p>Fresh memory: glibc asks the system for blocks of 32 MB and more each by itself, and from 128 KB on lets that limit
 * follow what a program frees. Each such block is given back at once, and the next one's pages have to be made anew, zeroed,
 * at their first touch: at 8 MB that was 4 % of a training step, and 7 % less memory. So the limit stays where the largest
 * tensors of a row lie above it, and some rows' worth of freed memory is kept at the end of the pool.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/mallopt.3.html">glibc's mallopt</a>
 * @see <a href="https://uxlfoundation.github.io/oneDNN/dev_guide_primitive_cache.html">oneDNN's primitive cache</a>
 * @see <a href="https://gcc.gnu.org/onlinedocs/libgomp/GOMP_005fSPINCOUNT.html">libgomp's GOMP_SPINCOUNT</a>
 */
final class NativeSettings {
    private static final Logger log = LoggerFactory.getLogger(NativeSettings.class);

    /** Three rows' kernels. Of 9,225 products of 40 steps, 832 were compiled; with 1,024 it would have been 787. */
    private static final String KERNELS = "64";

    /** Some hundred microseconds: enough to bridge two products, and to choose a token, where the cores are free. */
    private static final String TURNS_BEFORE_SLEEP = "10000";

    /** glibc's number for the size from which blocks are asked for from the system (malloc.h: M_MMAP_THRESHOLD). */
    private static final int BLOCKS_OF_THEIR_OWN = -3;

    private static final int FROM_BYTES = 32 << 20;

    /** glibc's number for how much it keeps at the end of its pool (malloc.h: M_TRIM_THRESHOLD). */
    private static final int KEPT_AT_THE_END = -1;

    private static final int KEPT_BYTES = 128 << 20;

    private static final Map<String, String> VARIABLES = Map.of(
            "ONEDNN_PRIMITIVE_CACHE_CAPACITY", KERNELS,
            "LRU_CACHE_CAPACITY", KERNELS,
            "GOMP_SPINCOUNT", TURNS_BEFORE_SLEEP);

    private NativeSettings() {}

    /**
     * Sets what isn't set yet, for this process, before libtorch is loaded. Windows, whose C library has another function
     * for it, keeps the libraries' own.
     */
    static void apply() {
        if (Platform.isWindows()) {
            return;
        }
        try {
            VARIABLES.forEach(NativeSettings::setUnlessSet);
            if (Platform.isLinux()) {
                setUnlessSet("MALLOC_MMAP_THRESHOLD_", BLOCKS_OF_THEIR_OWN, FROM_BYTES);
                setUnlessSet("MALLOC_TRIM_THRESHOLD_", KEPT_AT_THE_END, KEPT_BYTES);
            }
        } catch (LinkageError e) {
            log.debug("native libraries keep their own settings: the C library can't be reached", e);
        }
    }

    /** @param variable by which the process's owner sets it, read at the process's start */
    private static void setUnlessSet(String variable, int parameter, int bytes) {
        if (System.getenv(variable) == null) {
            NativeLibrary.getProcess().getFunction("mallopt").invokeInt(new Object[] {parameter, bytes});
        }
    }

    private static void setUnlessSet(String name, String value) {
        int overwrite = 0;
        NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {name, value, overwrite});
    }
}
