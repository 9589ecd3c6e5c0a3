package org.sqltune.data.rows;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Reads a text of many rows, each of bounded length. */
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

    /** Marks the end of a row and the beginning of the next. */
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

    /** Thrown if a row exceeds the maximal length. */
    static final class RowTooLongException extends IOException {
        private static final long serialVersionUID = 1;

        RowTooLongException(int most) {
            super("longer than " + most + " characters");
        }
    }
}
