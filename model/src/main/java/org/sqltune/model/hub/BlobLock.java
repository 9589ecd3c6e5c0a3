package org.sqltune.model.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.model.hub.client.Pause;

/**
 * Keeps two downloads from fetching the same content at once: those of this process and of others. Python's locks and
 * Java's don't see each other on Unix, so nothing's safety rests on it, only the traffic.
 */
final class BlobLock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BlobLock.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS_BEFORE_TELLING = 20;

    private final @Nullable FileChannel channel;

    private BlobLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, waiting until its holder releases it.
     *
     * @param file the file that stands for the lock; it is made, and stays
     * @param what what is locked, for the log
     */
    static BlobLock take(Path file, String what, Pause pause) {
        FileChannel channel = null;
        try {
            Files.createDirectories(file.getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            for (int polls = 1; tryLock(channel) == null; polls++) {
                if (polls == POLLS_BEFORE_TELLING) {
                    log.info("Waiting for another download of {} (lock {})", what, file);
                }
                pause.rest(POLL);
            }
            return new BlobLock(channel);
        } catch (IOException e) {
            log.debug("{} can't be locked: going on without", file, e);
            closeQuietly(channel);
            return new BlobLock(null);
        } catch (RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /**
     * Null while somebody else has it. On Unix, closing any channel to a file drops the process's locks on it; so the
     * channel stays open while another thread has the lock.
     */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Whether other downloads are really kept away: not every file system can lock. */
    boolean isHeld() {
        return channel != null;
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                log.debug("A lock didn't close", e);
            }
        }
    }
}
