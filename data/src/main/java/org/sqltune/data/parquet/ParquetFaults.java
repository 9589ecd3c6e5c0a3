package org.sqltune.data.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.FileKind;
import org.sqltune.core.text.Failures;
import org.sqltune.data.parquet.PageCodec.UnknownCodecException;

/**
 * Describes the faults of a file for the user. parquet-java has no exceptions for most faults: codecs and decoders
 * throw arbitrary exceptions with messages about their internals.
 */
final class ParquetFaults {
    private static final String MAGIC = "PAR1";
    private static final String AGAIN = "fetch the file again";

    private ParquetFaults() {}

    static SqlTuneException ofFile(Path file, Throwable e) {
        String other = FileKind.unless(FileKind.PARQUET, file);
        if (!other.isEmpty()) {
            return new SqlTuneException(file + other, e);
        }
        String missing = missing(file);
        return new SqlTuneException(
                file + " is no whole Parquet file: "
                        + (missing.isEmpty() ? reason(e, "its footer is damaged") : missing + "; " + AGAIN),
                e);
    }

    /** Returns what the file lacks; a valid one begins and ends with the same four letters. */
    private static String missing(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() == 0) {
                return "it is empty";
            }
            byte[] ends = new byte[2 * MAGIC.length()];
            if (in.length() >= ends.length) {
                in.readFully(ends, 0, MAGIC.length());
                in.seek(in.length() - MAGIC.length());
                in.readFully(ends, MAGIC.length(), MAGIC.length());
            }
            String found = new String(ends, StandardCharsets.ISO_8859_1);
            return !found.startsWith(MAGIC)
                    ? "it doesn't begin as such files do"
                    : found.endsWith(MAGIC) ? "" : "it breaks off, for its footer is missing";
        } catch (IOException e) {
            // Then the reported error says so.
            return "";
        }
    }

    static SqlTuneException ofRow(Path file, long row, Throwable e) {
        return new SqlTuneException(file + " row " + row + ": can't be read: " + reason(e, "a page is damaged"), e);
    }

    private static String reason(Throwable e, String otherwise) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownCodecException) {
                return "its pages are compressed with " + cause.getMessage()
                        + "; write it again with zstd, snappy, gzip, brotli or lz4";
            }
            if (cause instanceof ParquetCryptoRuntimeException) {
                return "it is encrypted; write it again without encryption";
            }
            if (cause instanceof OutOfMemoryError) {
                return "a page needs more memory than Java has ("
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MB); start Java with a larger -Xmx, or " + AGAIN
                        + " if it is damaged";
            }
            if (cause instanceof PageException) {
                return cause.getMessage() + "; " + AGAIN;
            }
            if (cause instanceof FileSystemException) {
                return Failures.reason(cause) + "; check the path and its permissions";
            }
            if (mentionsChecksum(cause)) {
                return "the checksum of a page doesn't match it; " + AGAIN;
            }
        }
        return otherwise + "; " + AGAIN;
    }

    private static boolean mentionsChecksum(Throwable e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("crc") || message.contains("checksum");
    }
}
