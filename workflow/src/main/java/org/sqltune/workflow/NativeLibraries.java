package org.sqltune.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.nativ.OSInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;

/**
 * Unpacks the native libraries of SQLite and JLine once into the user's cache. By default each process unpacks both
 * into the temporary folder, and a killed process leaves its files there.
 */
public final class NativeLibraries {
    private static final Logger log = LoggerFactory.getLogger(NativeLibraries.class);

    private NativeLibraries() {}

    /**
     * Unpacks missing libraries and sets the system properties with their paths, unless they are already set. If the
     * cache isn't writable, the libraries keep their default behaviour.
     *
     * @param cache the user's cache folder
     */
    public static void unpackOnce(Path cache) {
        String sqlite = LibraryLoaderUtil.getNativeLibName();
        use(cache, LibraryLoaderUtil.getNativeLibResourcePath() + "/" + sqlite, "org.sqlite.lib");
        String jline = System.mapLibraryName("jlinenative").replace(".dylib", ".jnilib");
        use(cache, "/org/jline/nativ/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + jline, "library.jline");
    }

    /** @param properties the prefix {@code X} of the properties {@code X.path} and {@code X.name} */
    private static void use(Path cache, String resource, String properties) {
        URL packed = NativeLibraries.class.getResource(resource);
        if (packed == null || System.getProperty(properties + ".path") != null) {
            return;
        }
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        try {
            URLConnection connection = packed.openConnection();
            long size = connection.getContentLengthLong();
            // Another version of the library has another checksum, hence another folder.
            long sum = connection instanceof JarURLConnection jar
                    ? jar.getJarEntry().getCrc()
                    : size;
            Path folder = cache.resolve("native").resolve(Long.toHexString(sum));
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file) || Files.size(file) != size) {
                AtomicFiles.writeFolder(folder, target -> {
                    try (InputStream in = packed.openStream()) {
                        Files.copy(in, target.resolve(name));
                    }
                });
            }
            System.setProperty(properties + ".path", folder.toAbsolutePath().toString());
            System.setProperty(properties + ".name", name);
        } catch (IOException | SqlTuneException e) {
            log.debug("{} unpacks into the folder of temporary files", name, e);
        }
    }
}
