package org.sqltune.model.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sqltune.model.torch.Torch;

/**
 * Writes a model's weights as transformers does: {@code model.safetensors}, or, where that would be too large, shards
 * {@code model-00001-of-00003.safetensors} with {@code model.safetensors.index.json}, which says what lies where
 * (huggingface.co/docs/safetensors, "sharded").
 */
public final class ShardedModelWriter {
    /** 5 GB, as transformers 4 has it. */
    public static final long DEFAULT_SHARD_BYTES = 5_000_000_000L;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final SafetensorsWriter writer;
    private final long shardBytes;

    /**
     * @param torch where the tensors live
     * @param shardBytes a file's tensors take at most so many bytes, unless a single one takes more
     */
    public ShardedModelWriter(Torch torch, long shardBytes) {
        if (shardBytes <= 0) {
            throw new IllegalArgumentException("a shard of " + shardBytes + " bytes holds nothing");
        }
        this.writer = new SafetensorsWriter(torch);
        this.shardBytes = shardBytes;
    }

    /**
     * Writes the files into a folder that exists, directly: the folder is meant to be moved into place as a whole.
     *
     * @param tensors in the order in which they are written
     */
    public void writeInto(Path folder, List<PendingTensor> tensors) throws IOException {
        List<List<PendingTensor>> shards = shards(tensors);
        if (shards.size() == 1) {
            writer.writeDirectly(folder.resolve("model.safetensors"), tensors);
            return;
        }
        Map<String, String> places = new TreeMap<>();
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            writer.writeDirectly(folder.resolve(name), shards.get(i));
            shards.get(i).forEach(tensor -> places.put(tensor.name(), name));
        }
        JSON.writeValue(folder.resolve("model.safetensors.index.json").toFile(), index(tensors, places));
    }

    private List<List<PendingTensor>> shards(List<PendingTensor> tensors) {
        List<List<PendingTensor>> shards = new ArrayList<>();
        List<PendingTensor> current = new ArrayList<>();
        long bytes = 0;
        for (PendingTensor tensor : tensors) {
            if (!current.isEmpty() && bytes + tensor.bytes() > shardBytes) {
                shards.add(current);
                current = new ArrayList<>();
                bytes = 0;
            }
            current.add(tensor);
            bytes += tensor.bytes();
        }
        shards.add(current);
        return shards;
    }

    private static Map<String, Object> index(List<PendingTensor> tensors, Map<String, String> places) {
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put(
                "total_parameters",
                tensors.stream().mapToLong(PendingTensor::count).sum());
        totals.put(
                "total_size", tensors.stream().mapToLong(PendingTensor::bytes).sum());
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("metadata", totals);
        index.put("weight_map", places);
        return index;
    }
}
