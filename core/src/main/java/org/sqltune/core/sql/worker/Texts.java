package org.sqltune.core.sql.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes texts and bytes: the length in bytes as an int, then the bytes; texts in UTF-8. */
final class Texts {
    private Texts() {}

    static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String read(DataInputStream in, int atMost) throws IOException {
        return new String(readBytes(in, atMost), StandardCharsets.UTF_8);
    }

    /** Reads bytes; throws an IOException if there are more than {@code atMost}. */
    static byte[] readBytes(DataInputStream in, int atMost) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > atMost) {
            throw new IOException("a value of " + length + " bytes, where " + atMost + " are the most");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
