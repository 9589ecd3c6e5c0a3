package org.sqltune.model.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files byte by byte, right or wrong on purpose. */
final class RawFile {
    private RawFile() {}

    /** A file with this header, as it stands, and these bytes of data. */
    static Path write(Path file, String header, byte... data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return write(file, text.length, text, data);
    }

    /** A file that claims a length of its header. */
    static Path write(Path file, long claimedLength, byte[] header, byte... data) {
        ByteBuffer content =
                ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(claimedLength).put(header).put(data);
        try {
            return Files.write(file, content.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Numbers as little-endian 32-bit floats. */
    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
