package org.sqltune.deployment.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.FileHashes;
import org.sqltune.model.hub.client.RequestBody;

/**
 * A part of a file as a request's body, read while it is sent. The last bytes of the file are held back unless all of them
 * have the hash that was announced, so that nothing else is ever stored under it.
 */
final class FilePart implements RequestBody {
    private final OutgoingFile file;
    private final long offset;
    private final long length;
    private final MessageDigest before;
    private final LongConsumer progress;
    private volatile MessageDigest running;
    private final AtomicLong sent = new AtomicLong();
    private volatile @Nullable SqlTuneException failure;

    /**
     * @param offset its first byte
     * @param length its length, at least 1
     * @param before the hash of everything before it, which isn't changed
     * @param progress gets the place in the file that was reached, in bytes
     */
    FilePart(OutgoingFile file, long offset, long length, MessageDigest before, LongConsumer progress) {
        this.file = file;
        this.offset = offset;
        this.length = length;
        this.before = before;
        this.progress = progress;
        running = before;
    }

    /** The hash of everything up to its end, once it was sent. */
    MessageDigest after() {
        return running;
    }

    @Override
    public BodyPublisher publisher() {
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), length);
    }

    @Override
    public long sent() {
        return sent.get();
    }

    @Override
    public void requireUsable() {
        SqlTuneException found = failure;
        if (found != null) {
            throw found;
        }
    }

    private InputStream open() {
        try {
            running = copy(before);
            InputStream in = file.open();
            in.skipNBytes(offset);
            return new Bounded(in, running);
        } catch (IOException e) {
            failure = file.unreadable(e);
            return InputStream.nullInputStream();
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's SHA-256 can be copied", e);
        }
    }

    private final class Bounded extends InputStream {
        private final InputStream in;
        private final MessageDigest digest;
        private long left = length;

        Bounded(InputStream in, MessageDigest digest) {
            this.in = in;
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int start, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = readOn(target, start, (int) Math.min(count, left));
            digest.update(target, start, read);
            left -= read;
            boolean whole = left == 0 && offset + length == file.size();
            if (whole && !FileHashes.hex(copy(digest)).equals(file.sha256())) {
                throw failed(file.changed());
            }
            sent.addAndGet(read);
            progress.accept(offset + length - left);
            return read;
        }

        private int readOn(byte[] target, int start, int count) throws IOException {
            int read;
            try {
                read = in.read(target, start, count);
            } catch (IOException e) {
                throw failed(file.unreadable(e));
            }
            if (read < 0) {
                throw failed(file.changed());
            }
            return read;
        }

        /** Ends the request; what went wrong is told afterwards, since the JDK's client doesn't pass it on. */
        private IOException failed(SqlTuneException found) throws IOException {
            failure = found;
            close();
            return new IOException(found.getMessage(), found);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
