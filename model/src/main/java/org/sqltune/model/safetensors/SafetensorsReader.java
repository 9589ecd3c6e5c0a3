package org.sqltune.model.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.json.JsonObjects;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * The tensors of one or several safetensors files by name. Files are mapped into memory with 64-bit offsets: a tensor
 * that is read stays on disk until its elements are used, and no tensor is limited in size.
 */
public final class SafetensorsReader implements AutoCloseable {
    private final Torch torch;
    private final TensorScope scope;
    private final String source;
    private final Map<String, TensorInfo> tensors;
    private final Map<String, Tensor> mappings = new HashMap<>();

    private SafetensorsReader(Torch torch, String source, Map<String, TensorInfo> tensors) {
        this.torch = torch;
        this.scope = torch.scope();
        this.source = source;
        this.tensors = tensors;
    }

    /** Opens one file. */
    public static SafetensorsReader ofFile(Torch torch, Path file) {
        return new SafetensorsReader(torch, file.toString(), SafetensorsHeader.read(file));
    }

    /**
     * Opens a model folder: {@code model.safetensors}, or the shards that {@code model.safetensors.index.json} names.
     *
     * @throws SqlTuneException if neither is there, or a file is missing or damaged
     */
    public static SafetensorsReader ofModelFolder(Torch torch, Path folder) {
        Path single = folder.resolve("model.safetensors");
        if (Files.exists(single)) {
            return ofFile(torch, single);
        }
        Path index = folder.resolve("model.safetensors.index.json");
        if (!Files.exists(index)) {
            throw new SqlTuneException(folder + " has no model.safetensors and no model.safetensors.index.json"
                    + (Files.exists(folder.resolve("pytorch_model.bin"))
                            ? ", only pytorch_model.bin, a pickle, which is not read for safety."
                                    + " Save the model again with safe_serialization=True"
                            : ". Check model.name"));
        }
        Map<String, TensorInfo> all = new LinkedHashMap<>();
        for (String shard : shards(index)) {
            all.putAll(SafetensorsHeader.read(folder.resolve(shard)));
        }
        return new SafetensorsReader(torch, folder.toString(), all);
    }

    private static Set<String> shards(Path index) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode file : JsonObjects.read(index).path("weight_map")) {
            if (!file.isTextual()) {
                throw new SqlTuneException(index + ": weight_map must name files, not " + file);
            }
            names.add(file.asText());
        }
        if (names.isEmpty()) {
            throw new SqlTuneException(index + " has no weight_map that names files. Download or save it again");
        }
        return names;
    }

    /** Names of all tensors. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** Where a tensor lies; null if there is none of that name. */
    public @Nullable TensorInfo info(String name) {
        return tensors.get(name);
    }

    /**
     * A tensor in the element type asked for: a view of the mapped file where the types agree, else a converted copy.
     *
     * @param owner the scope that owns the result; the file stays mapped as long as a view of it lives
     * @param shape the shape it must have
     * @throws SqlTuneException if it is missing or has another shape
     */
    public Tensor read(TensorScope owner, String name, ElementType type, long... shape) {
        return read(owner, checked(name, shape), type);
    }

    /** A tensor of whatever shape it has; otherwise as {@link #read(TensorScope, String, ElementType, long...)}. */
    public Tensor read(TensorScope owner, TensorInfo info, ElementType type) {
        if (info.type() == type) {
            return stored(owner, info, wanted -> mapping(info.file(), wanted));
        }
        try (TensorScope temporary = torch.scope()) {
            Tensor stored = stored(temporary, info, wanted -> mapping(info.file(), wanted));
            return owner.keep(torch.cast(temporary, stored, type));
        }
    }

    /**
     * A tensor as it is stored, through a mapping that nothing else shares: when {@code owner} closes, what was read of
     * the file leaves the process's memory.
     *
     * @throws SqlTuneException if it is missing or has another shape
     */
    public Tensor readApart(TensorScope owner, String name, long... shape) {
        TensorInfo info = checked(name, shape);
        return stored(owner, info, wanted -> map(owner, info.file(), wanted));
    }

    private TensorInfo checked(String name, long... shape) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new SqlTuneException(source + " has no tensor " + name
                    + ", which the configuration calls for. Check that weights and configuration belong together");
        }
        if (!Arrays.equals(info.shape(), shape)) {
            throw new SqlTuneException(source + ": tensor " + name + " has shape " + Arrays.toString(info.shape())
                    + " but the configuration calls for " + Arrays.toString(shape)
                    + ". Check that weights and configuration belong together");
        }
        return info;
    }

    /** A view of the mapped file; a copy where the elements aren't aligned. */
    private Tensor stored(TensorScope owner, TensorInfo info, Function<ElementType, Tensor> mapping) {
        ElementType type = info.type();
        if (info.start() % type.bytes() != 0) {
            Tensor file = mapping.apply(ElementType.UINT8);
            return torch.copyMapped(owner, file, info.start(), info.end() - info.start(), type, info.shape());
        }
        long start = info.start() / type.bytes();
        long count = (info.end() - info.start()) / type.bytes();
        return torch.viewMapped(owner, mapping.apply(type), start, count, info.shape());
    }

    private Tensor mapping(Path file, ElementType type) {
        return mappings.computeIfAbsent(type + " " + file, key -> map(scope, file, type));
    }

    private Tensor map(TensorScope owner, Path file, ElementType type) {
        try {
            return torch.mapFile(owner, file, Files.size(file) / type.bytes(), type);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e, e);
        }
    }

    /** Forgets the mappings; tensors read from them stay valid. */
    @Override
    public void close() {
        scope.close();
    }
}
