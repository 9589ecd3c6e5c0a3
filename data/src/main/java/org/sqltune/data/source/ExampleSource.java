package org.sqltune.data.source;

/** A data set. A new one plugs in by implementing this. */
public interface ExampleSource {
    /** A short name for messages and reports, such as {@code spider}. */
    String name();

    /**
     * Reads the data set.
     *
     * @return its examples by use, with notes on what was left out
     * @throws org.sqltune.core.SqlTuneException if a file is missing, or a row is broken: names file and line
     */
    Splits prepare();
}
