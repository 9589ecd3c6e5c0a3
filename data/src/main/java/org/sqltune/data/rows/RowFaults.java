package org.sqltune.data.rows;

import org.sqltune.core.SqlTuneException;

/** Decides what a row that can't be used does to the reading of its file. */
public interface RowFaults {
    /** The first broken row ends the reading. */
    RowFaults STRICT = new RowFaults() {
        @Override
        public void row() {}

        @Override
        public void broken(SqlTuneException fault) {
            throw fault;
        }
    };

    /** One more row was found, whatever becomes of it. */
    void row();

    /**
     * The row just found, or the rest of the file, can't be used.
     *
     * @param fault names file and line
     * @throws SqlTuneException that fault, if the reading shall end here
     */
    void broken(SqlTuneException fault);
}
