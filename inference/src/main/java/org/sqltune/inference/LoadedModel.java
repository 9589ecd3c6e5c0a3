package org.sqltune.inference;

import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;

/** What computes answers, and how it gets another adapter. Closed after the engine that computes with it. */
interface LoadedModel extends AutoCloseable {
    /** @throws SqlTuneException if it can't be had */
    void addAdapter(String name, Path folder);

    @Override
    void close();
}
