package org.sqltune.core.sql.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import org.sqlite.SQLiteConfig;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library. The driver deletes its unpacked file only at an orderly exit, but workers are killed.
 * This class deletes the file right after loading where the system allows it.
 */
final class NativeLibrary {
    private NativeLibrary() {}

    static void load() throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream packed = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
            if (packed == null) {
                // The driver also searches for a library installed on the system.
                open();
                return;
            }
            Path folder = makeFolder();
            Path file = folder.resolve(name);
            Files.copy(packed, file);
            System.setProperty("org.sqlite.lib.path", folder.toString());
            System.setProperty("org.sqlite.lib.name", name);
            open();
            delete(file);
            delete(folder);
        }
    }

    /**
     * Creates a folder; fails if it exists. The name uses no SecureRandom, because loading Java's cryptography slows
     * the start.
     */
    private static Path makeFolder() throws IOException {
        String name = String.join(
                "-",
                "sqltune-sqlite",
                Long.toString(ProcessHandle.current().pid()),
                Long.toString(System.nanoTime(), Character.MAX_RADIX));
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), name);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE)));
        }
        return Files.createDirectory(folder);
    }

    private static void open() throws IOException {
        try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite::memory:")) {
            connection.isReadOnly();
        } catch (SQLException e) {
            throw new IOException("SQLite's native library can't be loaded: " + e.getMessage(), e);
        }
    }

    private static void delete(Path path) throws IOException {
        try {
            Files.delete(path);
        } catch (FileSystemException e) {
            // Windows: a library in use can't be deleted.
            path.toFile().deleteOnExit();
        }
    }
}
