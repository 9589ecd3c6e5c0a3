package org.sqltune.model.torch;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what libtorch keeps of the matrix products it compiles. oneDNN, libtorch's library for bf16 products, compiles
 * machine code for every shape of operands; it keeps the newest 1,024 of these kernels, and so does each thread of ideep,
 * the layer between the two. Rows differ in length, so a kernel is used in one row and hardly ever again: those caches
 * hold 800 MB after some hundred steps and save nothing. One row's kernels, some twenty, are what should be kept.
 *
 * <p>Both caches are sized by environment variables, read at the first product. Java can't set its own process's
 * environment, but the C library can. Variables that the process's owner has set are left alone.
 *
 * @see <a href="https://uxlfoundation.github.io/oneDNN/dev_guide_primitive_cache.html">oneDNN's primitive cache</a>
 */
final class KernelCaches {
    private static final Logger log = LoggerFactory.getLogger(KernelCaches.class);
    private static final List<String> CAPACITIES = List.of("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY");
    /** Three rows' kernels. Of 9,225 products of 40 steps, 832 were compiled; with 1,024 it would have been 787. */
    private static final String KERNELS = "64";

    private KernelCaches() {}

    /** Sets the bounds, for this process. Windows, whose C library has another function for it, keeps libtorch's own. */
    static void limit() {
        if (Platform.isWindows()) {
            return;
        }
        try {
            for (String name : CAPACITIES) {
                setUnlessSet(name, KERNELS);
            }
        } catch (LinkageError e) {
            log.debug("libtorch's caches keep their size: the C library can't be reached", e);
        }
    }

    private static void setUnlessSet(String name, String value) {
        int overwrite = 0;
        NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {name, value, overwrite});
    }
}
