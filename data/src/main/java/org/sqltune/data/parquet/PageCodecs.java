package org.sqltune.data.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Provides {@link PageCodec}s to parquet-java, whose own codecs need Hadoop. Supports only reading. */
final class PageCodecs implements CompressionCodecFactory {
    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return new Pages(PageCodec.of(name));
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("SqlTune writes no Parquet files");
    }

    @Override
    public void release() {}

    private record Pages(PageCodec codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            return BytesInput.from(codec.decompress(page.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer page, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] compressed = new byte[compressedSize];
            page.get(compressed);
            output.put(codec.decompress(compressed, size));
        }

        @Override
        public void release() {}
    }
}
