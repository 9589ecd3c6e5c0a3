package org.sqltune.model.safetensors;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;
import org.sqltune.model.torch.ElementType;

/**
 * Where a tensor lies.
 *
 * @param name its name in the file
 * @param storedType its element type in the file
 * @param shape sizes of its axes, outermost first
 * @param file the file
 * @param start position of its first byte in the file
 * @param end position after its last byte
 */
public record TensorInfo(String name, StoredType storedType, long[] shape, Path file, long start, long end) {
    /**
     * The tensors of a safetensors file, in the file's order; doesn't load libtorch.
     *
     * @throws SqlTuneException if the file is missing or damaged
     */
    public static List<TensorInfo> ofFile(Path file) {
        return List.copyOf(SafetensorsHeader.read(file).values());
    }

    /**
     * The tensors of a model's folder by name, whatever files they are in; doesn't load libtorch.
     *
     * @throws SqlTuneException if there are no weights, or a file is missing or damaged
     */
    public static Map<String, TensorInfo> ofModelFolder(Path folder) {
        return WeightFiles.read(folder);
    }

    /**
     * Its element type in memory.
     *
     * @throws SqlTuneException if nothing here computes with it
     */
    public ElementType type() {
        return storedType
                .elementType()
                .orElseThrow(() -> new SqlTuneException(
                        file + ": tensor " + PrintableText.clipped(name) + " has element type " + storedType
                                + ", which is not supported. Save the model as float32, float16 or bfloat16"));
    }
}
