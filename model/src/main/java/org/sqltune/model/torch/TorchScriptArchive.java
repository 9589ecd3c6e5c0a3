package org.sqltune.model.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that libtorch loads: a zip of stored entries holding the source, a pickled
 * module without attributes and an empty constants tuple. Format: torch/csrc/jit/docs/serialization.md of PyTorch.
 */
final class TorchScriptArchive {
    /** File format 10: the operator semantics of PyTorch 1.10 and later. */
    private static final String FORMAT_VERSION = "10\n";

    /** Pickle, protocol 2: an object of class __torch__.M whose only attribute is {@code training = False}. */
    private static final byte[] MODULE_PICKLE = concatenate(
            bytes(0x80, 2),
            ascii("c__torch__\nM\n"),
            bytes(0x29, 0x81, 0x7d, 0x28, 0x58, 8, 0, 0, 0),
            ascii("training"),
            bytes(0x89, 0x75, 0x62, 0x2e));

    /** Pickle, protocol 2: an empty tuple. */
    private static final byte[] CONSTANTS_PICKLE = bytes(0x80, 2, 0x29, 0x2e);

    private TorchScriptArchive() {}

    /**
     * The archive of one module.
     *
     * @param source a class {@code M(Module)} in TorchScript's serialised dialect
     */
    static byte[] pack(String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "m/data.pkl", MODULE_PICKLE);
            store(zip, "m/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "m/constants.pkl", CONSTANTS_PICKLE);
            store(zip, "m/byteorder", ascii("little"));
            store(zip, "m/version", ascii(FORMAT_VERSION));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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
