package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.fuzz.SafetensorsMutation;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Whatever is done to a file, its tensors are exactly the bytes that its header says, or one line says why not. No other
 * exception, no crash, and no memory for what the header only claims.
 */
class SafetensorsFuzzTest {
    private static final String HEADER = "{'__metadata__':{'format':'pt','note':'x'},"
            + "'a.weight':{'dtype':'F32','shape':[2,3],'data_offsets':[0,24]},"
            + "'b.weight':{'dtype':'BF16','shape':[4],'data_offsets':[24,32]},"
            + "'c.bias':{'dtype':'F16','shape':[2,1,2],'data_offsets':[32,40]},"
            + "'empty':{'dtype':'F32','shape':[0,5],'data_offsets':[40,40]},"
            + "'mask':{'dtype':'BOOL','shape':[3],'data_offsets':[40,43]},"
            + "'scalar':{'dtype':'I64','shape':[],'data_offsets':[43,51]},"
            + "'bytes':{'dtype':'U8','shape':[5],'data_offsets':[51,56]}}";

    /** More than exceptions and buffers take; far less than what a header can claim. */
    private static final long MOST_ALLOCATED = 2_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    static final byte[] ORIGINAL = original();

    private static Torch torch;
    private static Path file;

    @BeforeContainer
    static void open() throws IOException {
        torch = Torch.cpu();
        file = Files.createTempFile("fuzzed", ".safetensors");
        Files.write(file, ORIGINAL);
        SafetensorsReader.ofFile(torch, file).close();
    }

    @AfterContainer
    static void close() throws IOException {
        Files.delete(file);
        torch.close();
    }

    private static byte[] original() {
        byte[] header = HEADER.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        byte[] data = new byte[56];
        new Random(3).nextBytes(data);
        return ByteBuffer.allocate(8 + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(data)
                .array();
    }

    @Provide
    Arbitrary<SafetensorsMutation> mutations() {
        return SafetensorsMutation.any();
    }

    @Example
    void theOriginalIsRead() throws IOException {
        assertThat(check(ORIGINAL)).isTrue();
    }

    @Property(tries = 4000, seed = "20261121", edgeCases = EdgeCasesMode.NONE)
    void whatIsReadIsWhatTheHeaderSaysOrItIsRefused(@ForAll("mutations") SafetensorsMutation mutation)
            throws IOException {
        check(mutation.apply(ORIGINAL));
    }

    /** Another seed each time; a failure names it. */
    @Property(tries = 1_000_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("heavy")
    void aMillionFiles(@ForAll("mutations") SafetensorsMutation mutation) throws IOException {
        check(mutation.apply(ORIGINAL));
    }

    /** Whether it was read. */
    private static boolean check(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            assertThatLittleWasAllocatedSince(before, bytes);
            assertThatTensorsAre(bytes, reader);
            return true;
        } catch (SqlTuneException e) {
            assertThatLittleWasAllocatedSince(before, bytes);
            assertThat(e).hasMessageStartingWith(file.toString()).message().doesNotContainPattern("\\R|\\p{Cntrl}");
            return false;
        }
    }

    private static void assertThatLittleWasAllocatedSince(long before, byte[] bytes) {
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated).isLessThan(MOST_ALLOCATED + 20L * bytes.length);
    }

    /** Against another reading of the same bytes, which trusts the header. */
    private static void assertThatTensorsAre(byte[] bytes, SafetensorsReader reader) throws IOException {
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        JsonNode header = new ObjectMapper().readTree(bytes, 8, length);
        int covered = 0;
        for (String name : reader.names()) {
            JsonNode place = header.path(name).path("data_offsets");
            byte[] expected = Arrays.copyOfRange(
                    bytes,
                    8 + length + place.path(0).asInt(),
                    8 + length + place.path(1).asInt());
            covered += expected.length;
            TensorInfo info = Objects.requireNonNull(reader.info(name));
            assertThat(Arrays.toString(info.shape()).replace(" ", ""))
                    .isEqualTo(header.path(name).path("shape").toString());
            if (info.storedType().elementType().isPresent()) {
                assertThatStored(reader, info, expected);
            }
        }
        assertThat(8 + length + covered).isEqualTo(bytes.length);
    }

    private static void assertThatStored(SafetensorsReader reader, TensorInfo info, byte[] expected) {
        try (TensorScope scope = torch.scope()) {
            Tensor tensor = reader.read(scope, info.name(), info.type(), info.shape());
            assertThat(torch.rawBytes(tensor, 0, tensor.count())).isEqualTo(expected);
            Tensor converted = reader.read(scope, info, ElementType.FLOAT32);
            assertThat(converted.shape()).isEqualTo(info.shape());
        }
    }
}
