package org.sqltune.core.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;

/**
 * Writes files and folders under a temporary name, syncs them and moves them into place, so that each is complete or
 * absent.
 */
public final class AtomicFiles {
    private static final String PARTIAL = ".partial";
    private static final String ASIDE = ".old";
    private static final Pattern TEMPORARY = Pattern.compile("\\.(.+)(?:\\.partial|\\.old)");

    private AtomicFiles() {}

    /** Writes one file's content. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to {@code out}, which the caller closes. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Fills one folder. */
    @FunctionalInterface
    public interface FolderContent {
        /** Writes every file into {@code folder}, which exists and is empty. */
        void writeInto(Path folder) throws IOException;
    }

    /**
     * Writes a file. An existing file is replaced only when the new one is complete. A pipe or a device, such as {@code
     * /dev/null}, is written to as it is: replacing it would take it from the system.
     *
     * @param target the file; missing parent folders are created
     * @param content writes the file's bytes
     * @throws SqlTuneException if it can't be written; what was there before stays
     */
    public static void write(Path target, Content content) {
        if (isDevice(target)) {
            writeThrough(target, content);
            return;
        }
        Path temporary = temporaryFor(target);
        try {
            Files.createDirectories(parent(target));
            try (OutputStream out = Files.newOutputStream(temporary)) {
                content.writeTo(out);
            }
            sync(temporary);
            move(temporary, target);
            syncFolder(parent(target));
        } catch (IOException | UncheckedIOException e) {
            deleteQuietly(temporary);
            throw cannotWrite(target, e);
        } catch (RuntimeException | Error e) {
            deleteQuietly(temporary);
            throw e;
        }
    }

    private static boolean isDevice(Path target) {
        return Files.exists(target)
                && (target.startsWith("/dev") || !(Files.isRegularFile(target) || Files.isDirectory(target)));
    }

    private static void writeThrough(Path target, Content content) {
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
            content.writeTo(out);
        } catch (IOException | UncheckedIOException e) {
            throw cannotWrite(target, e);
        }
    }

    /** Writes text as UTF-8; otherwise as {@link #write}. */
    public static void writeString(Path target, String text) {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Fills a folder under a temporary name and moves it into place. An existing folder is moved aside first and
     * deleted when the new one is in place.
     *
     * @param target the folder
     * @param content writes the folder's files
     * @throws SqlTuneException if it can't be written; what was there before stays
     */
    public static void writeFolder(Path target, FolderContent content) {
        Path temporary = temporaryFor(target);
        try {
            Files.createDirectories(parent(target));
            deleteRecursively(temporary);
            Files.createDirectory(temporary);
            content.writeInto(temporary);
            try (Stream<Path> files = Files.walk(temporary)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sync(file);
                }
            }
            syncFolder(temporary);
            replaceFolder(target, temporary);
            syncFolder(parent(target));
        } catch (IOException | UncheckedIOException e) {
            deleteQuietly(temporary);
            throw cannotWrite(target, e);
        } catch (RuntimeException | Error e) {
            deleteQuietly(temporary);
            throw e;
        }
    }

    private static void replaceFolder(Path target, Path temporary) throws IOException {
        if (!Files.exists(target)) {
            move(temporary, target);
            return;
        }
        Path aside = asideFor(target);
        deleteRecursively(aside);
        move(target, aside);
        try {
            move(temporary, target);
        } catch (IOException e) {
            move(aside, target);
            throw e;
        }
        deleteQuietly(aside);
    }

    /** Deletes a file, or a folder with its content; does nothing if it doesn't exist. */
    public static void deleteRecursively(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(path)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /**
     * Deletes a folder. It is renamed first, so that no reader sees it partly deleted. Does nothing if it doesn't
     * exist.
     */
    public static void deleteFolder(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Path aside = asideFor(folder);
            deleteRecursively(aside);
            move(folder, aside);
            deleteRecursively(aside);
        }
    }

    /**
     * Deletes the temporary files and folders that killed processes left. No process may be writing them.
     *
     * @param folder the folder of the targets
     * @param targets accepts the final names whose temporary files are deleted
     * @throws IOException if a file or folder can't be deleted
     */
    public static void deleteLeftovers(Path folder, Predicate<String> targets) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path each : inside.toList()) {
                Matcher temporary = TEMPORARY.matcher(each.getFileName().toString());
                if (temporary.matches() && targets.test(temporary.group(1))) {
                    deleteRecursively(each);
                }
            }
        }
    }

    private static Path parent(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new SqlTuneException("Can't write to " + target + ": name a file or folder below the root");
        }
        return parent;
    }

    private static Path temporaryFor(Path target) {
        return parent(target).resolve("." + target.getFileName() + PARTIAL);
    }

    private static Path asideFor(Path target) {
        return parent(target).resolve("." + target.getFileName() + ASIDE);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Syncs the folder, without which a new name may be lost in a crash. Systems that can't sync folders ensure that
     * themselves.
     */
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows can't open folders. The file's content is synced already.
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path path) {
        try {
            deleteRecursively(path);
        } catch (IOException e) {
            // The first failure is reported instead; a leftover temporary file does no harm.
        }
    }

    private static SqlTuneException cannotWrite(Path target, Exception e) {
        return new SqlTuneException(
                "Can't write " + target + ": " + Failures.reason(e)
                        + ". Check that the disk has room and the folder is writable",
                e);
    }
}
