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
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** Writes tensors to a safetensors file, in slices, so that no tensor is limited in size. */
public final class SafetensorsWriter {
    private static final long ELEMENTS_A_SLICE = 1 << 22;

    private final Torch torch;
    private final NewFile newFile;

    /** Opens a new file for writing. */
    @FunctionalInterface
    public interface NewFile {
        /** Returns the stream that fills the file; the writer closes it. */
        OutputStream open(Path file) throws IOException;
    }

    /** @param torch where the tensors live */
    public SafetensorsWriter(Torch torch) {
        this(torch, Files::newOutputStream);
    }

    /**
     * @param torch where the tensors live
     * @param newFile opens the files that are written directly
     */
    public SafetensorsWriter(Torch torch, NewFile newFile) {
        this.torch = torch;
        this.newFile = newFile;
    }

    /**
     * Writes a file, with {@code {"format": "pt"}} as metadata.
     *
     * @param file where to; replaced only once the new file is whole
     * @param tensors by name, written in the map's order
     */
    public void write(Path file, Map<String, Tensor> tensors) {
        AtomicFiles.write(file, out -> write(out, pending(tensors)));
    }

    /** As {@link #write}, directly to the file, for folders that are moved into place as a whole. */
    public void writeDirectly(Path file, Map<String, Tensor> tensors) throws IOException {
        writeDirectly(file, pending(tensors));
    }

    /** As {@link #writeDirectly(Path, Map)}, one tensor at a time in memory. */
    public void writeDirectly(Path file, List<PendingTensor> tensors) throws IOException {
        try (OutputStream out = newFile.open(file)) {
            write(out, tensors);
        }
    }

    private List<PendingTensor> pending(Map<String, Tensor> tensors) {
        return tensors.entrySet().stream()
                .map(entry -> PendingTensor.of(torch, entry.getKey(), entry.getValue()))
                .toList();
    }

    private void write(OutputStream out, List<PendingTensor> tensors) throws IOException {
        byte[] header = header(tensors);
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (PendingTensor tensor : tensors) {
            try (TensorScope scope = torch.scope()) {
                write(out, tensor, tensor.elements().apply(scope));
            }
        }
    }

    private void write(OutputStream out, PendingTensor promised, Tensor tensor) throws IOException {
        if (torch.type(tensor) != promised.type() || !Arrays.equals(tensor.shape(), promised.shape())) {
            throw new IllegalStateException(promised.name() + " was promised as " + promised.type()
                    + Arrays.toString(promised.shape()) + " but is " + torch.type(tensor)
                    + Arrays.toString(tensor.shape()));
        }
        long count = tensor.count();
        for (long start = 0; start < count; start += ELEMENTS_A_SLICE) {
            out.write(torch.rawBytes(tensor, start, Math.min(count, start + ELEMENTS_A_SLICE)));
        }
    }

    private static byte[] header(List<PendingTensor> tensors) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("__metadata__", Map.of("format", "pt"));
        long offset = 0;
        for (PendingTensor tensor : tensors) {
            long end = offset + tensor.bytes();
            Map<String, Object> info = new LinkedHashMap<>();
            info.put("dtype", tensor.type().safetensorsName());
            info.put("shape", Arrays.stream(tensor.shape()).boxed().toList());
            info.put("data_offsets", List.of(offset, end));
            header.put(tensor.name(), info);
            offset = end;
        }
        byte[] json = new ObjectMapper().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        // Data begins at a multiple of 8 bytes, so that readers can map it.
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}
