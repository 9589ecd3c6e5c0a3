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
     * @return its examples by use, with notes on what was left out
     * @throws org.sqltune.core.SqlTuneException if a file is missing, or a row is broken and not to be left out: names file
     *     and line
     */
    Splits<Example> prepare();

    /** Returns where the data set keeps the databases that its questions ask; empty if it has none. */
    default Optional<DatabaseFolder> databases() {
        return Optional.empty();
    }

    /**
     * Returns what the official scores of this benchmark need; empty if the data set is none that has official
     * scores.
     */
    default Optional<BenchmarkFiles> benchmark() {
        return Optional.empty();
    }
}
