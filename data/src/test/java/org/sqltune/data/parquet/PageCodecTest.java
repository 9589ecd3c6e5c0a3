package org.sqltune.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.sqltune.data.parquet.PageCodec.UnknownCodecException;

class PageCodecTest {
    private static final byte[] CONTENT = "SELECT name FROM city; ".repeat(400).getBytes(StandardCharsets.UTF_8);

    @Test
    void lz4IsReadWithHadoopsFrameAndWithout() throws IOException {
        byte[] half = Arrays.copyOf(CONTENT, CONTENT.length / 2);
        byte[] rest = Arrays.copyOfRange(CONTENT, half.length, CONTENT.length);
        byte[] first = compressed(new Lz4Compressor(), half);
        byte[] second = compressed(new Lz4Compressor(), rest);
        ByteBuffer blocks = ByteBuffer.allocate(first.length + second.length + 16)
                .putInt(half.length)
                .putInt(first.length)
                .put(first)
                .putInt(rest.length)
                .putInt(second.length)
                .put(second);
        ByteBuffer chunks = ByteBuffer.allocate(first.length + second.length + 12)
                .putInt(CONTENT.length)
                .putInt(first.length)
                .put(first)
                .putInt(second.length)
                .put(second);

        assertThat(PageCodec.LZ4.decompress(blocks.array(), CONTENT.length)).isEqualTo(CONTENT);
        assertThat(PageCodec.LZ4.decompress(chunks.array(), CONTENT.length)).isEqualTo(CONTENT);
        assertThat(PageCodec.LZ4.decompress(compressed(new Lz4Compressor(), CONTENT), CONTENT.length))
                .isEqualTo(CONTENT);
    }

    @Test
    void aFrameThatLiesAboutItsSizesIsRefused() throws IOException {
        byte[] block = compressed(new Lz4Compressor(), CONTENT);
        for (int size : new int[] {CONTENT.length - 1, CONTENT.length + 1, 0, -1, Integer.MIN_VALUE}) {
            byte[] page = ByteBuffer.allocate(block.length + 8)
                    .putInt(size)
                    .putInt(block.length)
                    .put(block)
                    .array();
            assertThatThrownBy(() -> PageCodec.LZ4.decompress(page, CONTENT.length))
                    .as("%d", size)
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void aPageOfAnotherLengthThanItsHeaderSaysIsRefused() throws IOException {
        Map<PageCodec, byte[]> pages = Map.of(
                PageCodec.UNCOMPRESSED,
                CONTENT,
                PageCodec.SNAPPY,
                compressed(new SnappyCompressor(), CONTENT),
                PageCodec.GZIP,
                gzip(CONTENT),
                PageCodec.LZ4_RAW,
                compressed(new Lz4Compressor(), CONTENT),
                PageCodec.ZSTD,
                compressed(new ZstdCompressor(), CONTENT));
        pages.forEach((codec, page) -> {
            for (int size : new int[] {CONTENT.length - 1, CONTENT.length + 1, 1, -1}) {
                assertThatThrownBy(() -> codec.decompress(page, size))
                        .as("%s %d", codec, size)
                        .isInstanceOf(Exception.class);
            }
        });
    }

    @Test
    void aPageOfNothingHasNoContent() throws IOException {
        for (PageCodec codec : PageCodec.values()) {
            assertThat(codec.decompress(new byte[0], 0)).as("%s", codec).isEmpty();
        }
    }

    @Test
    void damagedPagesEndInAnExceptionAndNotInTheMachine() throws IOException {
        Map<PageCodec, byte[]> pages = Map.of(
                PageCodec.SNAPPY, compressed(new SnappyCompressor(), CONTENT),
                PageCodec.LZ4, compressed(new Lz4Compressor(), CONTENT),
                PageCodec.LZ4_RAW, compressed(new Lz4Compressor(), CONTENT),
                PageCodec.ZSTD, compressed(new ZstdCompressor(), CONTENT),
                PageCodec.BROTLI, gzip(CONTENT),
                PageCodec.GZIP, gzip(CONTENT));
        Random random = new Random(13);
        int thrown = 0;
        for (int run = 0; run < 20_000; run++) {
            PageCodec codec = PageCodec.values()[1 + run % (PageCodec.values().length - 1)];
            byte[] whole = pages.get(codec);
            byte[] page = run % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flip = random.nextInt(4); flip >= 0 && page.length > 0; flip--) {
                page[random.nextInt(page.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(codec.decompress(page, CONTENT.length)).hasSize(CONTENT.length);
            } catch (IOException | RuntimeException e) {
                thrown++;
            }
        }
        assertThat(thrown).isGreaterThan(10_000);
    }

    @Test
    void aCodecThatIsNotHereIsNamed() {
        assertThatThrownBy(() -> PageCodec.of(CompressionCodecName.LZO))
                .isInstanceOf(UnknownCodecException.class)
                .hasMessage("LZO");
    }

    private static byte[] compressed(Compressor compressor, byte[] content) {
        byte[] out = new byte[compressor.maxCompressedLength(content.length)];
        int length = compressor.compress(content, 0, content.length, out, 0, out.length);
        return Arrays.copyOf(out, length);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
