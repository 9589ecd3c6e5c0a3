package org.sqltune.model.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.model.hub.client.HubClient;
import org.sqltune.model.hub.client.HubClient.Content;
import org.sqltune.model.hub.client.HubErrors;
import org.sqltune.model.hub.client.HubException;
import org.sqltune.model.hub.client.Pause;
import org.sqltune.model.hub.client.RepositoryFile;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RetryPolicy;

/**
 * Fetches one file's content: continues where an earlier attempt stopped, and lets nothing through whose hash is wrong. The
 * hash is taken of the file as it lies on the disk.
 */
public final class BlobDownload {
    private static final Logger log = LoggerFactory.getLogger(BlobDownload.class);
    private static final int BUFFER_BYTES = 1 << 18;
    /** How often to fetch a file anew whose bytes were wrong. */
    private static final int WHOLE_ATTEMPTS = 3;

    private final HubClient client;
    private final RetryPolicy retries;
    private final Pause pause;

    public BlobDownload(HubClient client, RetryPolicy retries, Pause pause) {
        this.client = client;
        this.retries = retries;
        this.pause = pause;
    }

    /**
     * Fetches a file.
     *
     * @param partial where its bytes gather; what is there already is taken for its beginning
     * @param blob where it goes once it is whole and right
     * @param progress is told how many of its bytes are there
     * @throws HubException if it can't be had
     * @throws SqlTuneException if it can't be written
     */
    void fetch(RepositoryRevision at, RepositoryFile file, Path partial, Path blob, LongConsumer progress) {
        try {
            for (int attempt = 1; ; attempt++) {
                String fault = receive(at, file, partial, progress) ? fault(file, partial) : "too few bytes";
                if (fault.isEmpty()) {
                    sync(partial);
                    CachedRepository.move(partial, blob);
                    return;
                }
                Files.delete(partial);
                if (attempt == WHOLE_ATTEMPTS) {
                    throw new HubException(
                            HubException.Reason.WRONG_CONTENT,
                            file.path() + " of the " + at.repository() + " came with wrong bytes " + attempt
                                    + " times (" + fault
                                    + "): try again later; a proxy or mirror on the way may change files");
                }
                log.warn("{} came with wrong bytes ({}): fetching it again", file.path(), fault);
            }
        } catch (IOException e) {
            throw CachedRepository.cannotWrite(blob, e);
        }
    }

    /** Fetches until there are enough bytes, whatever they are; false if the hub has no more. */
    private boolean receive(RepositoryRevision at, RepositoryFile file, Path partial, LongConsumer progress)
            throws IOException {
        try (FileChannel channel = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            int fruitless = 0;
            while (channel.size() < file.size()) {
                long before = channel.size();
                progress.accept(before);
                try (Content content = client.open(at, file, before)) {
                    if (content.offset() < before) {
                        channel.truncate(content.offset());
                    }
                    copy(content.stream(), channel, file.size(), progress);
                } catch (ConnectionLost e) {
                    fruitless = channel.size() > before ? 0 : fruitless + 1;
                    if (fruitless == retries.attempts()) {
                        throw lost(file, channel.size(), e);
                    }
                    log.warn(
                            "Connection lost at {} of {} of {} ({}): going on from there",
                            ByteSizes.inWords(channel.size()),
                            ByteSizes.inWords(file.size()),
                            file.path(),
                            e.getMessage());
                    pause.rest(retries.waitAfter(fruitless + 1));
                } catch (HubException e) {
                    if (e.reason() == HubException.Reason.WRONG_CONTENT) {
                        return false;
                    }
                    throw e;
                }
            }
            return true;
        }
    }

    /** As many bytes as are missing, and one more if there is one, so that what is too long shows. */
    private static void copy(InputStream in, FileChannel out, long size, LongConsumer progress)
            throws IOException, ConnectionLost {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (out.size() <= size) {
            int wanted = (int) Math.min(buffer.length, size + 1 - out.size());
            int read = read(in, buffer, wanted);
            if (read < 0) {
                break;
            }
            for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read); bytes.hasRemaining(); ) {
                out.write(bytes);
            }
            progress.accept(Math.min(out.size(), size));
        }
        if (out.size() < size) {
            throw new ConnectionLost(new IOException("the answer ended early"));
        }
    }

    private static int read(InputStream in, byte[] buffer, int wanted) throws ConnectionLost {
        try {
            return in.read(buffer, 0, wanted);
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }

    private static HubException lost(RepositoryFile file, long size, ConnectionLost e) {
        return new HubException(
                HubException.Reason.UNREACHABLE,
                "The connection broke at " + ByteSizes.inWords(size) + " of " + ByteSizes.inWords(file.size()) + " of "
                        + file.path() + " and brings nothing more (" + e.getMessage()
                        + "): check the network and try again; it continues from there",
                e);
    }

    /** What is wrong with a file's content; empty if nothing is. */
    private static String fault(RepositoryFile file, Path partial) throws IOException {
        long size = Files.size(partial);
        if (size != file.size()) {
            return (size > file.size() ? "more than " : "") + file.size() + " bytes";
        }
        BlobHash hash = BlobHash.of(file.etag());
        if (hash == BlobHash.UNKNOWN) {
            log.warn("{} can't be checked: its hash is '{}', neither SHA-256 nor git's", file.path(), file.etag());
            return "";
        }
        String actual = hash.compute(partial);
        return actual.equals(file.etag()) ? "" : hash + " " + actual + ", not " + file.etag();
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Told apart from failures of the disk. */
    private static final class ConnectionLost extends Exception {
        private static final long serialVersionUID = 1L;

        ConnectionLost(IOException e) {
            super(HubErrors.describe(e), e);
        }
    }
}
