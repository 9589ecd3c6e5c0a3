package org.sqltune.workflow;

import java.nio.file.Path;

/** Finds data sets by their hub name. */
@FunctionalInterface
public interface DatasetHub {
    /**
     * Returns a data set's folder; downloads it unless it is cached.
     *
     * @param name {@code owner/name}
     * @throws org.sqltune.core.SqlTuneException if it can't be downloaded
     */
    Path folder(String name);
}
