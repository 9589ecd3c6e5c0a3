package org.sqltune.data.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.sqltune.core.SqlTuneException;

/** Iterates over the entries of zip, tar, tar.gz and tar.bz2 files, whose names determine the format. */
final class ArchiveEntries {
    private ArchiveEntries() {}

    /** Receives the entries. */
    @FunctionalInterface
    interface Action {
        /**
         * Receives an entry, in the archive's order.
         *
         * @param name the name in the archive
         * @param kind the kind of entry
         * @param content the content, valid until this method returns; empty unless the entry is a file
         * @return whether the content was read to the end
         */
        boolean accept(String name, Kind kind, InputStream content) throws IOException;
    }

    /** The kinds of entries. */
    enum Kind {
        FILE,
        FOLDER,
        /** A link or a device, which no data set needs. */
        OTHER
    }

    /** Returns whether a file's name is that of an archive. */
    static boolean isArchive(Path file) {
        String name = lowerName(file);
        return name.endsWith(".zip") || isTar(name);
    }

    static void forEach(Path archive, Action action) throws IOException {
        if (isZip(archive)) {
            zip(archive, action);
        } else {
            tar(archive, action);
        }
    }

    static boolean isZip(Path file) {
        return lowerName(file).endsWith(".zip");
    }

    private static boolean isTar(String name) {
        return name.endsWith(".tar")
                || name.endsWith(".tar.gz")
                || name.endsWith(".tgz")
                || name.endsWith(".tar.bz2")
                || name.endsWith(".tbz2");
    }

    private static String lowerName(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    /** Reads a zip file by the directory at its end, which an incomplete download lacks. */
    private static void zip(Path archive, Action action) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (Enumeration<ZipArchiveEntry> entries = zip.getEntries(); entries.hasMoreElements(); ) {
                ZipArchiveEntry entry = entries.nextElement();
                if (entry.getGeneralPurposeBit().usesEncryption()) {
                    throw new SqlTuneException(archive + " is encrypted: unpack it yourself and name the folder");
                }
                Kind kind = entry.isUnixSymlink() ? Kind.OTHER : entry.isDirectory() ? Kind.FOLDER : Kind.FILE;
                if (kind == Kind.FILE) {
                    readChecked(zip, entry, action);
                } else {
                    action.accept(entry.getName(), kind, InputStream.nullInputStream());
                }
            }
        }
    }

    /** Checks the checksum, which the library leaves to the caller. */
    private static void readChecked(ZipFile zip, ZipArchiveEntry entry, Action action) throws IOException {
        try (CheckedInputStream content = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            boolean read = action.accept(entry.getName(), Kind.FILE, content);
            if (read && content.getChecksum().getValue() != entry.getCrc()) {
                throw new IOException("its checksum doesn't match");
            }
        }
    }

    private static void tar(Path archive, Action action) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
                TarArchiveInputStream tar = new TarArchiveInputStream(decompressed(lowerName(archive), file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Kind kind =
                        entry.isDirectory() ? Kind.FOLDER : entry.isFile() && !isLink(entry) ? Kind.FILE : Kind.OTHER;
                action.accept(entry.getName(), kind, tar);
            }
        }
    }

    private static boolean isLink(TarArchiveEntry entry) {
        return entry.isSymbolicLink() || entry.isLink();
    }

    private static InputStream decompressed(String name, InputStream file) throws IOException {
        if (name.endsWith("bz2")) {
            return new BufferedInputStream(new BZip2CompressorInputStream(file, true), 1 << 16);
        }
        return name.endsWith("gz") ? new BufferedInputStream(new GzipCompressorInputStream(file, true), 1 << 16) : file;
    }
}
