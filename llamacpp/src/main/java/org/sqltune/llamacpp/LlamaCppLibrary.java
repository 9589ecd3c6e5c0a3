package org.sqltune.llamacpp;

import de.kherud.llama.LlamaModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks llama.cpp's native library into a temporary folder that belongs to this process. The library would unpack itself to
 * a name that all processes share, and say so on standard output, where results go.
 */
final class LlamaCppLibrary {
    private static final Logger log = LoggerFactory.getLogger(LlamaCppLibrary.class);

    /** Where the library looks first. */
    private static final String FOLDER = "de.kherud.llama.lib.path";

    private LlamaCppLibrary() {}

    /** Runs the first call that needs the library; afterwards the temporary folder isn't needed any more. */
    static void load(Runnable firstCall) {
        Path folder = System.getProperty(FOLDER) == null ? unpack() : null;
        if (folder == null) {
            firstCall.run();
            return;
        }
        System.setProperty(FOLDER, folder.toString());
        try {
            firstCall.run();
        } finally {
            System.clearProperty(FOLDER);
            delete(folder);
        }
    }

    /** The folder it is in; null if the artifact has none for this system, or it can't be written. */
    private static @Nullable Path unpack() {
        String name = System.mapLibraryName("jllama");
        try (InputStream packed = LlamaModel.class.getResourceAsStream(platform() + "/" + name)) {
            if (packed == null) {
                return null;
            }
            Path folder = Files.createTempDirectory("sqltune-llamacpp");
            Files.copy(packed, folder.resolve(name));
            return folder;
        } catch (IOException e) {
            log.debug("llama.cpp unpacks its library itself", e);
            return null;
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return (system.startsWith("windows") ? "Windows" : system.startsWith("mac") ? "Mac" : "Linux") + "/"
                + (processor.equals("amd64") ? "x86_64" : processor.equals("arm64") ? "aarch64" : processor);
    }

    /** Windows deletes no file that is in use: there it is deleted at the process's end, if at all. */
    private static void delete(Path folder) {
        Path file = folder.resolve(System.mapLibraryName("jllama"));
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
        }
    }
}
