package org.sqltune.data.parquet;

import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Decompresses the deprecated codec {@code LZ4} with Hadoop's framing: each block has its decompressed size, then
 * chunks, each preceded by its compressed size; sizes are four bytes, big-endian. Some writers omit the frame.
 */
final class HadoopLz4 {
    private static final int SIZES = 2 * Integer.BYTES;

    private HadoopLz4() {}

    /** Returns whether a page begins like a frame of at most this size. */
    static boolean isFramed(byte[] page, int size) {
        if (page.length < SIZES) {
            return false;
        }
        ByteBuffer head = ByteBuffer.wrap(page);
        int block = head.getInt();
        int chunk = head.getInt();
        return block > 0 && block <= size && chunk > 0 && chunk <= page.length - SIZES;
    }

    static byte[] decompress(byte[] page, int size) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(page);
        byte[] content = new byte[size];
        int written = 0;
        while (in.remaining() >= SIZES) {
            int end = written + in.getInt();
            if (end < written || end > size) {
                throw new PageException("a page has another length than its header says");
            }
            while (written < end) {
                int chunk = in.remaining() < Integer.BYTES ? -1 : in.getInt();
                if (chunk < 0 || chunk > in.remaining()) {
                    throw new PageException("a page breaks off");
                }
                int count =
                        new Lz4Decompressor().decompress(page, in.position(), chunk, content, written, end - written);
                if (count == 0) {
                    throw new PageException("a page has an empty block");
                }
                written += count;
                in.position(in.position() + chunk);
            }
        }
        if (written != size || in.hasRemaining()) {
            throw new PageException("a page has another length than its header says");
        }
        return content;
    }
}
