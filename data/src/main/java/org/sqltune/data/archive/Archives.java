package org.sqltune.data.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.text.Failures;
import org.sqltune.core.text.PrintableText;
import org.sqltune.data.archive.ArchiveEntries.Kind;

/**
 * Unpacks an archive into a folder beside it, {@code NAME.unpacked}, completely or not at all. The folder is reused
 * until the archive changes.
 */
public final class Archives {
    private static final Logger log = LoggerFactory.getLogger(Archives.class);

    private static final String UNPACKED = ".unpacked";
    private static final String STAMP = ".archive";
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    private final UnpackingLimits limits;

    /** @param limits the limits of the unpacked content */
    public Archives(UnpackingLimits limits) {
        this.limits = limits;
    }

    /** Returns whether a file's name is that of an archive: zip, tar, tar.gz or tar.bz2. */
    public static boolean isArchive(Path file) {
        return Files.isRegularFile(file) && ArchiveEntries.isArchive(file);
    }

    /**
     * Returns the folder with the archive's content; unpacks it if necessary.
     *
     * @throws SqlTuneException if the archive is damaged, has names or links that lead out of the folder, or exceeds
     *     the limits; then nothing remains
     */
    public Path unpacked(Path archive) {
        Path target = archive.resolveSibling(archive.getFileName() + UNPACKED);
        try {
            String stamp = stamp(archive);
            Path stampFile = target.resolve(STAMP);
            if (Files.isRegularFile(stampFile) && Files.readString(stampFile).equals(stamp)) {
                return target;
            }
            log.info("Unpacking {} into {}", archive, target);
            unpack(archive, target, stamp);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + archive + ": " + Failures.reason(e) + "; check the path", e);
        }
        return target;
    }

    private void unpack(Path archive, Path target, String stamp) throws IOException {
        UnpackingLimits.Meter meter = new UnpackingLimits.Meter(limits, archive.toString(), Files.size(archive));
        try {
            AtomicFiles.writeFolder(target, folder -> {
                new Unpacking(archive, folder, meter).run();
                Files.writeString(folder.resolve(STAMP), stamp);
            });
        } catch (SqlTuneException e) {
            String name = String.valueOf(target.getFileName());
            AtomicFiles.deleteLeftovers(target.toAbsolutePath().resolveSibling(""), name::equals);
            throw e;
        }
    }

    private static String stamp(Path archive) throws IOException {
        return Files.size(archive) + " " + Files.getLastModifiedTime(archive).toMillis();
    }

    /** The state of unpacking, including the current entry for error messages. */
    private static final class Unpacking {
        private final Path archive;
        private final Path folder;
        private final UnpackingLimits.Meter meter;
        private String current = "";

        Unpacking(Path archive, Path folder, UnpackingLimits.Meter meter) {
            this.archive = archive;
            this.folder = folder;
            this.meter = meter;
        }

        void run() {
            try {
                if (ArchiveEntries.isZip(archive) && ZipDirectory.hasMoreThan(meter.maxEntries(), archive)) {
                    throw meter.tooManyEntries();
                }
                ArchiveEntries.forEach(archive, this::entry);
            } catch (WriteFailure e) {
                throw new SqlTuneException(
                        "Can't unpack " + archive + ": " + Failures.reason(e) + "; check that the disk has room", e);
            } catch (OutOfMemoryError e) {
                throw new SqlTuneException(
                        archive + " is damaged or isn't to be trusted: the name or header of an entry behind entry '"
                                + current
                                + "' fills the memory. Fetch it again, or unpack it yourself and name the folder",
                        e);
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                // The library's decoders throw the last two at some damaged bytes.
                throw new SqlTuneException(
                        archive + " is damaged" + (current.isEmpty() ? "" : " at or behind its entry " + current) + ": "
                                + (e instanceof IOException ? Failures.reason(e) : "its bytes make no sense")
                                + ". Fetch it again",
                        e);
            }
        }

        private boolean entry(String name, Kind kind, InputStream content) throws IOException {
            current = PrintableText.oneLine(name);
            meter.entry();
            Path place = place(name);
            if (kind == Kind.OTHER) {
                throw refused(name, "is a link or a device");
            }
            if (isClutter(name) || place.equals(folder)) {
                return false;
            }
            try {
                Files.createDirectories(kind == Kind.FOLDER ? place : place.resolveSibling(""));
            } catch (IOException e) {
                throw new WriteFailure(e);
            }
            if (kind == Kind.FILE) {
                copy(name, content, place);
            }
            return kind == Kind.FILE;
        }

        private void copy(String name, InputStream content, Path place) throws IOException {
            byte[] buffer = new byte[1 << 16];
            try (OutputStream out = create(name, place)) {
                for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                    meter.bytes(read);
                    write(out, buffer, read);
                }
            }
        }

        private OutputStream create(String name, Path place) {
            try {
                return Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException e) {
                throw refused(name, "is in it twice");
            } catch (IOException e) {
                throw new WriteFailure(e);
            }
        }

        private static void write(OutputStream out, byte[] buffer, int count) {
            try {
                out.write(buffer, 0, count);
            } catch (IOException e) {
                throw new WriteFailure(e);
            }
        }

        /** Returns the target of an entry. Backslashes count as separators, since they do on some systems. */
        private Path place(String name) {
            String slashed = name.replace('\\', '/');
            if (slashed.startsWith("/") || DRIVE.matcher(slashed).matches()) {
                throw refused(name, "leads out of the folder");
            }
            try {
                Path place = folder.resolve(slashed).normalize();
                if (!place.startsWith(folder)) {
                    throw refused(name, "leads out of the folder");
                }
                return place;
            } catch (InvalidPathException e) {
                throw refused(name, "is no file name");
            }
        }

        private static boolean isClutter(String name) {
            return name.startsWith("__MACOSX/") || name.endsWith("/.DS_Store") || name.equals(".DS_Store");
        }

        private SqlTuneException refused(String name, String why) {
            return new SqlTuneException(archive + ": its entry \"" + PrintableText.oneLine(name) + "\" " + why
                    + "; this archive isn't to be trusted, and nothing was unpacked: fetch it again from where it is"
                    + " published");
        }
    }

    /** Distinguishes a failure to write from a failure to read. */
    private static final class WriteFailure extends UncheckedIOException {
        private static final long serialVersionUID = 1;

        WriteFailure(IOException cause) {
            super(cause);
        }
    }
}
