package org.sqltune.data.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.brotli.dec.BrotliInputStream;

/**
 * The compression codecs of pages (<a
 * href="https://github.com/apache/parquet-format/blob/master/Compression.md">specification</a>), except LZO, which
 * isn't in use.
 */
enum PageCodec {
    UNCOMPRESSED {
        @Override
        byte[] decompressed(byte[] page, int size) {
            return page;
        }
    },
    SNAPPY {
        @Override
        byte[] decompressed(byte[] page, int size) throws IOException {
            // The stored length comes first; if it differs from the header's, the page isn't decompressed.
            if (SnappyDecompressor.getUncompressedLength(page, 0) != size) {
                throw new PageException("a page has another length than its header says");
            }
            return block(new SnappyDecompressor(), page, 0, page.length, size);
        }
    },
    GZIP {
        @Override
        byte[] decompressed(byte[] page, int size) throws IOException {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(page))) {
                return whole(in, size);
            }
        }
    },
    BROTLI {
        @Override
        byte[] decompressed(byte[] page, int size) throws IOException {
            try (InputStream in = new BrotliInputStream(new ByteArrayInputStream(page))) {
                return whole(in, size);
            }
        }
    },
    LZ4 {
        @Override
        byte[] decompressed(byte[] page, int size) throws IOException {
            return HadoopLz4.isFramed(page, size) ? HadoopLz4.decompress(page, size) : LZ4_RAW.decompressed(page, size);
        }
    },
    LZ4_RAW {
        @Override
        byte[] decompressed(byte[] page, int size) throws IOException {
            return block(new Lz4Decompressor(), page, 0, page.length, size);
        }
    },
    ZSTD {
        @Override
        byte[] decompressed(byte[] page, int size) throws IOException {
            return block(new ZstdDecompressor(), page, 0, page.length, size);
        }
    };

    /** @throws UnknownCodecException if the codec isn't supported */
    static PageCodec of(CompressionCodecName name) {
        for (PageCodec codec : values()) {
            if (codec.name().equals(name.name())) {
                return codec;
            }
        }
        throw new UnknownCodecException(name.name());
    }

    abstract byte[] decompressed(byte[] page, int size) throws IOException;

    /**
     * Decompresses a page.
     *
     * @param size the decompressed length in bytes, from the page's header
     * @throws IOException if the page is damaged or has another length
     */
    final byte[] decompress(byte[] page, int size) throws IOException {
        if (size < 0) {
            throw new PageException("a page says that it has " + size + " bytes");
        }
        // Pages that have only nulls are empty, which some codecs can't represent.
        byte[] content = size == 0 ? new byte[0] : decompressed(page, size);
        if (content.length != size) {
            throw new PageException("a page has another length than its header says");
        }
        return content;
    }

    static byte[] block(Decompressor decompressor, byte[] page, int from, int length, int size) throws IOException {
        byte[] content = new byte[size];
        int written = decompressor.decompress(page, from, length, content, 0, size);
        if (written != size) {
            throw new PageException("a page has another length than its header says");
        }
        return content;
    }

    private static byte[] whole(InputStream in, int size) throws IOException {
        byte[] content = in.readNBytes(size);
        if (in.read() >= 0) {
            throw new PageException("a page has another length than its header says");
        }
        return content;
    }

    /** Thrown for an unsupported codec; the message is its name. */
    static final class UnknownCodecException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownCodecException(String codec) {
            super(codec);
        }
    }
}
