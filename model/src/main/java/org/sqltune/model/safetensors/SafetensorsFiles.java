package org.sqltune.model.safetensors;

import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.SqlTuneException;

/** Looks at safetensors files without loading libtorch. */
public final class SafetensorsFiles {
    private SafetensorsFiles() {}

    /**
     * What a file holds, in the file's order.
     *
     * @throws SqlTuneException if the file is missing or damaged
     */
    public static List<TensorInfo> tensors(Path file) {
        return List.copyOf(SafetensorsHeader.read(file).values());
    }
}
