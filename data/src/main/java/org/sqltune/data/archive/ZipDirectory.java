package org.sqltune.data.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Counts the entries of a zip file in its central directory without storing them: the library loads all of them
 * before the first can be rejected, and the count in the end record may be false (<a
 * href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE</a> 4.3).
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_SIZE = 20;
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_SIZE = 46;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;
    private static final int BUFFER = 1 << 16;

    private final FileChannel file;
    private final long size;

    private ZipDirectory(FileChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /** Returns whether a file has more entries than a limit; false if it isn't a zip file. */
    static boolean hasMoreThan(int most, Path zip) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(zip.toFile(), "r")) {
            ZipDirectory directory = new ZipDirectory(in.getChannel());
            return directory.count(directory.start(), most) > most;
        }
    }

    /** Returns the offset of the directory; beyond the end if there is none. */
    private long start() throws IOException {
        int tail = (int) Math.min(size, END_SIZE + LONGEST_COMMENT + LOCATOR_SIZE);
        ByteBuffer bytes = read(size - tail, tail);
        for (int at = tail - END_SIZE; at >= 0; at--) {
            if (bytes.getInt(at) == END) {
                long offset = Integer.toUnsignedLong(bytes.getInt(at + 16));
                long length = Integer.toUnsignedLong(bytes.getInt(at + 12));
                int locator = at - LOCATOR_SIZE;
                if (locator >= 0 && bytes.getInt(locator) == LOCATOR) {
                    return zip64Start(bytes.getLong(locator + 8), offset);
                }
                // Data may precede the archive, which makes its offsets too small.
                long end = size - tail + at;
                return offset == IN_ZIP64 ? size : Math.max(offset, end - length);
            }
        }
        return size;
    }

    private long zip64Start(long record, long otherwise) throws IOException {
        if (record < 0 || record > size - 56) {
            return otherwise;
        }
        return read(record, 56).getLong(48);
    }

    private int count(long start, int most) throws IOException {
        int count = 0;
        long at = start;
        ByteBuffer window = ByteBuffer.allocate(0);
        long from = 0;
        while (count <= most && at >= 0 && at <= size - HEADER_SIZE) {
            if (at < from || at + HEADER_SIZE > from + window.limit()) {
                from = at;
                window = read(at, (int) Math.min(BUFFER, size - at));
            }
            int place = (int) (at - from);
            if (window.getInt(place) != HEADER) {
                return count;
            }
            count++;
            at += HEADER_SIZE
                    + unsigned(window, place + 28)
                    + unsigned(window, place + 30)
                    + unsigned(window, place + 32);
        }
        return count;
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {}
        return bytes;
    }
}
