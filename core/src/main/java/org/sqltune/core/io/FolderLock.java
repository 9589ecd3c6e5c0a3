package org.sqltune.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.text.Failures;

/**
 * Keeps a folder, or a file, for one process: two that write into the same folder would spoil each other's files. The lock belongs to
 * the kernel, so it is gone when its process is, however it ended. The file that carries it holds the process's id; only a
 * killed process leaves it behind, where it does no harm.
 */
public final class FolderLock implements AutoCloseable {
    /** The lock file's name inside a folder. */
    public static final String NAME = ".sqltune.lock";

    private static final Logger log = LoggerFactory.getLogger(FolderLock.class);

    /** A byte behind every content: Windows lets nobody read what is locked, and the content is there to be read. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MOST_PADDING = 4000;

    /**
     * The lock files that this process holds. The kernel gives the lock to the process, so it can't tell two runs of one
     * process apart, and drops it as soon as the process closes any other handle of the file. This table keeps such a handle
     * from being opened. It is static because it describes the process.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final List<Path> created;

    private FolderLock(Path file, FileChannel channel, List<Path> created) {
        this.file = file;
        this.channel = channel;
        this.created = created;
    }

    /**
     * Locks a folder whose files are written one by one; the lock file lies in it.
     *
     * @param folder created if it isn't there, and deleted again if it stays empty
     * @param option the option or key that names the folder, for the error
     * @throws ConfigException if another process, or another run of this one, holds it
     * @throws SqlTuneException if the folder can't be used
     */
    public static FolderLock inside(Path folder, String option) {
        return take(folder, folder.resolve(NAME), option);
    }

    /** As {@link #inside}, of a folder or file that is replaced as a whole; the lock file lies beside it. */
    public static FolderLock beside(Path folder, String option) {
        return take(folder, folder.toAbsolutePath().resolveSibling("." + folder.getFileName() + ".lock"), option);
    }

    /**
     * Does some work whose result is one file, and keeps the file from other processes meanwhile: the one that ends last
     * would replace the other's.
     *
     * @param file null for none; one that exists and is no regular file, such as a pipe, isn't locked
     * @param option the option that names the file, for the error
     * @throws ConfigException if another process, or another run of this one, writes it
     * @throws SqlTuneException if its folder can't be used
     */
    public static <T> T whileWriting(@Nullable Path file, String option, Supplier<T> work) {
        if (file == null || (Files.exists(file) && !Files.isRegularFile(file))) {
            return work.get();
        }
        return beside(file, option).during(work);
    }

    private static FolderLock take(Path folder, Path lockFile, String option) {
        try {
            Path parent = Objects.requireNonNull(lockFile.toAbsolutePath().getParent(), "a file lies in a folder");
            List<Path> created = create(parent);
            Path file = parent.toRealPath().resolve(lockFile.getFileName());
            if (!HELD.add(file)) {
                throw busy(
                        folder,
                        "another run of this process, "
                                + ProcessHandle.current().pid(),
                        option);
            }
            try {
                return new FolderLock(file, locked(folder, file, option), created);
            } catch (IOException | RuntimeException e) {
                HELD.remove(file);
                throw e;
            }
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't use " + folder + ": " + Failures.reason(e) + ". Choose another " + option, e);
        }
    }

    /** Creates a folder and returns what was created, the innermost first. */
    private static List<Path> create(Path folder) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (@Nullable Path each = folder; each != null && !Files.exists(each); each = each.getParent()) {
            missing.add(each);
        }
        Files.createDirectories(folder);
        return missing;
    }

    private static FileChannel locked(Path folder, Path file, String option) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            try {
                if (!lock(channel, folder)) {
                    throw busy(folder, "process " + holder(channel), option);
                }
                if (isStillThere(file, written(channel))) {
                    return channel;
                }
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    /** Writes the process's id and returns the file's new size, which hardly any other lock file has. */
    private static long written(FileChannel channel) throws IOException {
        String padding = " ".repeat(ThreadLocalRandom.current().nextInt(MOST_PADDING));
        byte[] content = (ProcessHandle.current().pid() + "\n" + padding).getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(content), 0);
        return content.length;
    }

    /**
     * Whether the locked file still has its name: its last holder may have deleted it after it was opened here, and somebody
     * else may have a new one. Opening it to look would drop the lock.
     */
    private static boolean isStillThere(Path file, long size) throws IOException {
        return Files.exists(file) && Files.size(file) == size;
    }

    /** Returns false if another process holds the lock. */
    private static boolean lock(FileChannel channel, Path folder) {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (IOException e) {
            log.warn(
                    "{} lies on a file system without locks ({}): see to it that no other process writes there",
                    folder,
                    e.getMessage());
            return true;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(32);
        channel.read(content, 0);
        String pid = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("\\d+") ? pid : "(just started)";
    }

    private static ConfigException busy(Path folder, String holder, String option) {
        return new ConfigException(
                folder.toString(),
                List.of("is in use by " + holder + ": wait until it has ended, or choose another " + option));
    }

    /** Does some work, and lets others use the folder afterwards. */
    public <T> T during(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            close();
        }
    }

    /** Lets others use the folder. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            for (Path folder : created) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // Something was written there, as it should be.
        } catch (IOException e) {
            log.debug("{} stays", file, e);
        }
        try {
            channel.close();
        } catch (IOException e) {
            log.warn("{} can't be closed: {}", file, e.getMessage());
        } finally {
            HELD.remove(file);
        }
    }
}
