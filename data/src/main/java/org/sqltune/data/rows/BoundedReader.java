package org.sqltune.data.rows;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Reads a text of many rows, of which each has a bounded length. */
final class BoundedReader extends FilterReader {
    private final int most;
    private long count;

    BoundedReader(Reader in) {
        this(in, TextLines.MOST);
    }

    BoundedReader(Reader in, int most) {
        super(in);
        this.most = most;
    }

    /** A row ends here and another begins. */
    void nextRow() {
        count = 0;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        count(c < 0 ? 0 : 1);
        return c;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int characters) throws RowTooLongException {
        count += characters;
        if (count > most) {
            throw new RowTooLongException(most);
        }
    }

    /** A row is longer than it may be. */
    static final class RowTooLongException extends IOException {
        private static final long serialVersionUID = 1;

        RowTooLongException(int most) {
            super("longer than " + most + " characters");
        }
    }
}
