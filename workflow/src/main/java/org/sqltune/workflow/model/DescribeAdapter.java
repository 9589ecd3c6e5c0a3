package org.sqltune.workflow.model;

import java.nio.file.Path;
import org.sqltune.model.lora.AdapterDescription;
import org.sqltune.workflow.NamedPaths;

/** Reads what an adapter's files say of it. The base needn't be there. */
public final class DescribeAdapter {
    /**
     * Describes.
     *
     * @param folder PEFT's files
     * @throws org.sqltune.core.config.ConfigException if there is no such folder
     * @throws org.sqltune.core.SqlTuneException if it holds no adapter
     */
    public AdapterDescription run(Path folder) {
        new NamedPaths().folder("FOLDER", folder).check();
        return AdapterDescription.read(folder);
    }
}
