package org.sqltune.model.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that libtorch loads: a zip of stored entries holding the source, a pickled
 * module with its attributes and an empty constants tuple. Format: torch/csrc/jit/docs/serialization.md of PyTorch.
 */
final class TorchScriptArchive {
    /** File format 10: the operator semantics of PyTorch 1.10 and later. */
    private static final String FORMAT_VERSION = "10\n";

    /** Pickle, protocol 2: an empty tuple. */
    private static final byte[] CONSTANTS_PICKLE = bytes(0x80, 2, 0x29, 0x2e);

    private TorchScriptArchive() {}

    /**
     * The archive of one module.
     *
     * @param source a class {@code M(Module)} in TorchScript's serialised dialect
     * @param attributes values of the attributes that the class declares beside {@code training}: {@code Integer}, {@code
     *     Double}, {@code Boolean} or {@code String}
     */
    static byte[] pack(String source, Map<String, Object> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "m/data.pkl", modulePickle(attributes));
            store(zip, "m/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "m/constants.pkl", CONSTANTS_PICKLE);
            store(zip, "m/byteorder", ascii("little"));
            store(zip, "m/version", ascii(FORMAT_VERSION));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Pickle, protocol 2: an object of class __torch__.M with its attributes. */
    private static byte[] modulePickle(Map<String, Object> attributes) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(bytes(0x80, 2));
        pickle.writeBytes(ascii("c__torch__\nM\n"));
        // An empty tuple of arguments, the new object, an empty dictionary, the mark before its items.
        pickle.writeBytes(bytes(0x29, 0x81, 0x7d, 0x28));
        pickle.writeBytes(pickled("training"));
        pickle.writeBytes(pickled(false));
        attributes.forEach((name, value) -> {
            pickle.writeBytes(pickled(name));
            pickle.writeBytes(pickled(value));
        });
        // Put the items into the dictionary, build the object from it, stop.
        pickle.writeBytes(bytes(0x75, 0x62, 0x2e));
        return pickle.toByteArray();
    }

    private static byte[] pickled(Object value) {
        if (value instanceof Boolean flag) {
            return bytes(flag ? 0x88 : 0x89);
        }
        if (value instanceof Integer number) {
            return littleEndian('J', number);
        }
        if (value instanceof Double number) {
            return ByteBuffer.allocate(9).put((byte) 'G').putDouble(number).array();
        }
        if (value instanceof String text) {
            byte[] characters = text.getBytes(StandardCharsets.UTF_8);
            return concatenate(littleEndian('X', characters.length), characters);
        }
        throw new IllegalArgumentException("no pickle for " + value.getClass());
    }

    private static byte[] littleEndian(char operation, int number) {
        return ByteBuffer.allocate(5)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) operation)
                .putInt(number)
                .array();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }

    private static byte[] concatenate(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
