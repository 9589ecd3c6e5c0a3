package org.sqltune.model.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.Torch;

/** Writes tensors to a safetensors file, in slices, so that no tensor is limited in size. */
public final class SafetensorsWriter {
    private static final long ELEMENTS_A_SLICE = 1 << 22;

    private final Torch torch;

    /** @param torch where the tensors live */
    public SafetensorsWriter(Torch torch) {
        this.torch = torch;
    }

    /**
     * Writes a file, with {@code {"format": "pt"}} as metadata.
     *
     * @param file where to; replaced only once the new file is whole
     * @param tensors by name, written in the map's order
     */
    public void write(Path file, Map<String, Tensor> tensors) {
        AtomicFiles.write(file, out -> write(out, tensors));
    }

    /** As {@link #write}, directly to the file, for folders that are moved into place as a whole. */
    public void writeDirectly(Path file, Map<String, Tensor> tensors) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out, tensors);
        }
    }

    private void write(OutputStream out, Map<String, Tensor> tensors) throws IOException {
        byte[] header = header(tensors);
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (Tensor tensor : tensors.values()) {
            long count = tensor.count();
            for (long start = 0; start < count; start += ELEMENTS_A_SLICE) {
                out.write(torch.rawBytes(tensor, start, Math.min(count, start + ELEMENTS_A_SLICE)));
            }
        }
    }

    private byte[] header(Map<String, Tensor> tensors) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("__metadata__", Map.of("format", "pt"));
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            ElementType type = torch.type(entry.getValue());
            long end = offset + entry.getValue().count() * type.bytes();
            Map<String, Object> info = new LinkedHashMap<>();
            info.put("dtype", type.safetensorsName());
            info.put("shape", Arrays.stream(entry.getValue().shape()).boxed().toList());
            info.put("data_offsets", List.of(offset, end));
            header.put(entry.getKey(), info);
            offset = end;
        }
        String json = new ObjectMapper().writeValueAsString(header);
        // Data begins at a multiple of 8 bytes, so that readers can map it.
        int padded = (json.getBytes(StandardCharsets.UTF_8).length + 7) / 8 * 8;
        byte[] bytes = Arrays.copyOf(json.getBytes(StandardCharsets.UTF_8), padded);
        Arrays.fill(bytes, json.getBytes(StandardCharsets.UTF_8).length, padded, (byte) ' ');
        return bytes;
    }
}
