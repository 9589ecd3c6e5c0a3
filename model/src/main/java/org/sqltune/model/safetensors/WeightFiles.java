package org.sqltune.model.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;
import org.sqltune.model.json.JsonObjects;

/** Which files of a model's folder hold its weights: {@code model.safetensors}, or the shards that an index names. */
final class WeightFiles {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final List<String> PICKLES = List.of("pytorch_model.bin", "pytorch_model.bin.index.json");

    private WeightFiles() {}

    /**
     * Every tensor of the folder by name.
     *
     * @throws SqlTuneException if there are no weights, or a file is missing, damaged or contradicts the index
     */
    static Map<String, TensorInfo> read(Path folder) {
        if (Files.exists(folder.resolve(SINGLE))) {
            return SafetensorsHeader.read(folder.resolve(SINGLE));
        }
        if (Files.exists(folder.resolve(INDEX))) {
            return readShards(folder, folder.resolve(INDEX));
        }
        for (String pickle : PICKLES) {
            if (Files.exists(folder.resolve(pickle))) {
                throw new SqlTuneException(folder + " has no " + SINGLE + ", only " + pickle
                        + ": a pickle, which is not read for safety. Save the model again:"
                        + " transformers' AutoModelForCausalLM.from_pretrained('" + folder
                        + "').save_pretrained(FOLDER, safe_serialization=True) writes safetensors");
            }
        }
        throw new SqlTuneException(folder + " has no " + SINGLE + " and no " + INDEX + ". Check model.name");
    }

    private static Map<String, TensorInfo> readShards(Path folder, Path index) {
        Map<String, String> shardOf = weightMap(index);
        Map<String, Map<String, TensorInfo>> shards = new LinkedHashMap<>();
        Map<String, String> foundIn = new HashMap<>();
        Map<String, TensorInfo> all = new LinkedHashMap<>();
        for (String shard : shardOf.values()) {
            if (!shards.containsKey(shard)) {
                Map<String, TensorInfo> tensors = SafetensorsHeader.read(shard(folder, index, shard));
                shards.put(shard, tensors);
                tensors.keySet().forEach(name -> requireOnce(folder, name, foundIn.put(name, shard), shard));
                all.putAll(tensors);
            }
        }
        shardOf.forEach((name, shard) -> {
            if (!shard.equals(foundIn.get(name))) {
                throw new SqlTuneException(index + " says that tensor " + PrintableText.clipped(name) + " is in "
                        + PrintableText.clipped(shard) + ", but it isn't. Download or save the model again");
            }
        });
        return Collections.unmodifiableMap(all);
    }

    private static void requireOnce(Path folder, String name, @Nullable String before, String shard) {
        if (before != null) {
            throw new SqlTuneException(folder + ": tensor " + PrintableText.clipped(name) + " is both in "
                    + PrintableText.clipped(before) + " and in " + PrintableText.clipped(shard)
                    + ". Download or save the model again");
        }
    }

    /** The index's {@code weight_map}: from each tensor's name to its file's. */
    private static Map<String, String> weightMap(Path index) {
        Map<String, String> map = new LinkedHashMap<>();
        JsonNode node = JsonObjects.read(index).path("weight_map");
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isTextual()) {
                throw new SqlTuneException(index + ": weight_map must name files, not "
                        + PrintableText.clipped(entry.getValue().toString()) + ". Download or save it again");
            }
            map.put(entry.getKey(), entry.getValue().asText());
        }
        if (map.isEmpty()) {
            throw new SqlTuneException(index + " has no weight_map that names files. Download or save it again");
        }
        return map;
    }

    /** The index comes from strangers: what it names must lie in the folder. */
    private static Path shard(Path folder, Path index, String name) {
        try {
            Path relative = Path.of(name);
            boolean below = !relative.isAbsolute() && relative.normalize().equals(relative) && !name.startsWith("..");
            if (below && !name.isBlank()) {
                return folder.resolve(relative);
            }
        } catch (InvalidPathException e) {
            // No file's name: told below.
        }
        throw new SqlTuneException(index + ": weight_map names '" + PrintableText.clipped(name)
                + "', which is no file of this folder. Download the model again, from somebody you trust");
    }
}
