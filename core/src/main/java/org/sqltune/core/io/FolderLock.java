package org.sqltune.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;

/**
 * Keeps a folder for one process: two that write into the same folder would spoil each other's files. The lock belongs to
 * the kernel, so it is gone when its process is, however it ended; the file that carries it stays and says which process
 * held it last.
 */
public final class FolderLock implements AutoCloseable {
    /** The lock file's name inside a folder. */
    public static final String NAME = ".sqltune.lock";

    private static final Logger log = LoggerFactory.getLogger(FolderLock.class);

    /** A byte behind every content: Windows lets nobody read what is locked, and the content is there to be read. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /**
     * The lock files that this process holds. The kernel gives the lock to the process, so it can't tell two runs of one
     * process apart, and drops it as soon as the process closes any other handle of the file. This table keeps such a handle
     * from being opened. It is static because it describes the process.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a folder whose files are written one by one; the lock file lies in it.
     *
     * @param folder created if it isn't there
     * @param option the option or key that names the folder, for the error
     * @throws ConfigException if another process, or another run of this one, holds it
     * @throws SqlTuneException if the folder can't be used
     */
    public static FolderLock inside(Path folder, String option) {
        return take(folder, folder.resolve(NAME), option);
    }

    /** As {@link #inside}, of a folder that is replaced as a whole; the lock file lies beside it. */
    public static FolderLock beside(Path folder, String option) {
        Path whole = folder.toAbsolutePath();
        return take(folder, whole.resolveSibling("." + whole.getFileName() + ".lock"), option);
    }

    private static FolderLock take(Path folder, Path lockFile, String option) {
        try {
            Path parent = Objects.requireNonNull(lockFile.toAbsolutePath().getParent(), "a file lies in a folder");
            Files.createDirectories(parent);
            Path file = parent.toRealPath().resolve(lockFile.getFileName());
            if (!HELD.add(file)) {
                throw busy(folder, "another run of this process, " + ProcessHandle.current().pid(), option);
            }
            return locked(folder, file, option);
        } catch (IOException e) {
            throw new SqlTuneException("Can't use the folder " + folder + ": " + e + ". Choose another " + option, e);
        }
    }

    private static FolderLock locked(Path folder, Path file, String option) throws IOException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            if (!lock(channel, folder)) {
                throw busy(folder, "process " + holder(channel), option);
            }
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
            return new FolderLock(file, channel);
        } catch (IOException | RuntimeException e) {
            HELD.remove(file);
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    /** Returns false if another process holds the lock. */
    private static boolean lock(FileChannel channel, Path folder) {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
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
        return pid.matches("\\d+") ? pid : "that has just begun";
    }

    private static ConfigException busy(Path folder, String holder, String option) {
        return new ConfigException(
                folder.toString(),
                List.of("is in use by " + holder + ": wait until it has ended, or choose another " + option));
    }

    /** Lets others use the folder. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.warn("{} can't be closed: {}", file, e.getMessage());
        } finally {
            HELD.remove(file);
        }
    }
}
