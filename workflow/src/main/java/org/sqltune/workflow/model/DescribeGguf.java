package org.sqltune.workflow.model;

import java.nio.file.Path;
import java.util.List;
import org.sqltune.deployment.gguf.GgufDescription;

/** Describes a GGUF file. */
public final class DescribeGguf {
    /**
     * Its size, its keys and its tensors, as lines.
     *
     * @throws org.sqltune.core.SqlTuneException if the file can't be read or is damaged
     */
    public List<String> run(Path file) {
        return GgufDescription.of(file);
    }
}
