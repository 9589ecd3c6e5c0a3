package org.sqltune.data.rows;

import org.sqltune.core.SqlTuneException;

/** Decides whether a broken row ends the reading of its file or is skipped. */
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

    /** Called for each row, before it is used. */
    void row();

    /**
     * Called if the current row, or the rest of the file, can't be read.
     *
     * @param fault the error, which names file and line
     * @throws SqlTuneException the fault, to end the reading
     */
    void broken(SqlTuneException fault);
}
