package org.sqltune.data.rows;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.FileKind;
import org.sqltune.core.text.Failures;

/**
 * Opens text files in UTF-8, or in UTF-16 with a byte order mark. A byte order mark isn't part of the text, and
 * invalid bytes are an error, never a replacement character.
 */
final class TextFiles {
    private static final int CHUNK = 1 << 16;

    private TextFiles() {}

    /**
     * Opens a file; reading throws {@link java.nio.charset.CharacterCodingException} at invalid bytes.
     *
     * @throws SqlTuneException if the file doesn't exist or isn't a text file
     */
    static BufferedReader open(Path file) throws IOException {
        requireFile(file);
        String other = FileKind.unlessText(file);
        if (!other.isEmpty()) {
            throw new SqlTuneException(file + other);
        }
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK);
        try {
            CharsetDecoder decoder = strict(charset(in));
            return new BufferedReader(new InputStreamReader(in, decoder), CHUNK);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Requires that the file exists. */
    static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new SqlTuneException(file + " is a folder: name a file in it");
        }
        if (!Files.isRegularFile(file)) {
            throw new SqlTuneException("No file " + file + ": check the path");
        }
    }

    /** Returns the exception for invalid bytes, with their line. */
    static SqlTuneException notText(Path file, IOException cause) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
            Charset charset = charset(in);
            int line = firstBadLine(in, strict(charset));
            return new SqlTuneException(
                    file + " isn't " + charset + ": line " + line
                            + " holds other bytes; convert the file, for example with iconv",
                    cause);
        } catch (IOException e) {
            return new SqlTuneException("Can't read " + file + ": " + Failures.reason(e) + "; check the file", e);
        }
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Detects the encoding by the first bytes, and skips a byte order mark. */
    private static Charset charset(InputStream in) throws IOException {
        in.mark(3);
        byte[] head = in.readNBytes(3);
        in.reset();
        if (head.length == 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF) {
            in.skipNBytes(3);
        } else if (head.length >= 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16BE;
        } else if (head.length >= 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }

    private static int firstBadLine(InputStream in, CharsetDecoder decoder) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer characters = CharBuffer.allocate(CHUNK);
        int line = 1;
        boolean end = false;
        while (!end) {
            int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            end = read < 0;
            bytes.position(bytes.position() + Math.max(0, read)).flip();
            CoderResult result;
            do {
                result = decoder.decode(bytes, characters, end);
                line += (int) characters.flip().chars().filter(c -> c == '\n').count();
                characters.clear();
            } while (result.isOverflow());
            if (result.isError()) {
                return line;
            }
            bytes.compact();
        }
        return line;
    }
}
