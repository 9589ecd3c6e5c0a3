package org.sqltune.workflow;

import java.nio.file.Path;

/** Data sets by their names on the hub. */
@FunctionalInterface
public interface DatasetHub {
    /**
     * Returns a data set's folder, downloaded unless the cache has it.
     *
     * @param name {@code owner/name}
     * @throws org.sqltune.core.SqlTuneException if it can't be had
     */
    Path folder(String name);
}
