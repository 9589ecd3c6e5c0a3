package org.sqltune.deployment.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads little-endian values from a file, none beyond its end. For one thread at a time. */
final class GgufBytes {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_MESSAGE = 300;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);

    GgufBytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** Something in a file that can't be; the message says what, as a part of a sentence, on one line. */
    static final class Damage extends IOException {
        private static final long serialVersionUID = 1;

        Damage(String message) {
            super(oneLine(message));
        }

        /** Names in a damaged file may be anything. */
        private static String oneLine(String message) {
            String printable = message.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
            return printable.length() <= LONGEST_MESSAGE ? printable : printable.substring(0, LONGEST_MESSAGE) + "…";
        }
    }

    /** Length of the file in bytes. */
    long size() {
        return size;
    }

    /** The byte that is read next. */
    long position() throws IOException {
        return channel.position() - buffer.remaining();
    }

    byte int8() throws IOException {
        require(Byte.BYTES);
        return buffer.get();
    }

    short int16() throws IOException {
        require(Short.BYTES);
        return buffer.getShort();
    }

    int int32() throws IOException {
        require(Integer.BYTES);
        return buffer.getInt();
    }

    long int64() throws IOException {
        require(Long.BYTES);
        return buffer.getLong();
    }

    /** A number of things that follow, each of at least so many bytes. */
    long count(int leastBytes, String what) throws IOException {
        long count = int64();
        if (count < 0 || count > (size - position()) / leastBytes) {
            throw new Damage(
                    "it announces " + Long.toUnsignedString(count) + " " + what + ", more than it has room for");
        }
        return count;
    }

    /** A text: its length, and UTF-8. */
    String text(int longest) throws IOException {
        long length = int64();
        if (length < 0 || length > size - position() || length > longest) {
            throw new Damage("it announces a text of " + Long.toUnsignedString(length) + " bytes at byte "
                    + (position() - Long.BYTES) + ", more than it has room for");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        while (bytes.hasRemaining()) {
            require(1);
            int part = Math.min(bytes.remaining(), buffer.remaining());
            bytes.put(buffer.slice(buffer.position(), part));
            buffer.position(buffer.position() + part);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new Damage("a text of " + length + " bytes that ends at byte " + position() + " isn't UTF-8");
        }
    }

    private void require(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return;
        }
        buffer.compact();
        while (buffer.position() < bytes) {
            if (channel.read(buffer) < 0) {
                throw new Damage("it ends at byte " + size + ", within its head");
            }
        }
        buffer.flip();
    }
}
