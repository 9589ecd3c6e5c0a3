package org.sqltune.data.source;

import java.util.Optional;
import org.sqltune.core.example.Example;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.split.Splits;

/** A source of examples. Implement this interface to add a data set. */
public interface ExampleSource {
    /** Returns a short name for messages and reports, such as {@code spider}. */
    String name();

    /**
     * Reads the data set.
     *
     * @return its examples by use, with notes on omitted rows
     * @throws org.sqltune.core.SqlTuneException if a file is missing, or a row is broken and not skipped; the message
     *     names file and line
     */
    Splits<Example> prepare();

    /** Returns the databases of the data set's questions; empty if it has none. */
    default Optional<DatabaseFolder> databases() {
        return Optional.empty();
    }

    /** Returns the files for this benchmark's official scores; empty if the data set has no official scores. */
    default Optional<BenchmarkFiles> benchmark() {
        return Optional.empty();
    }
}
