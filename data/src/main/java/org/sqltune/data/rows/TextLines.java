package org.sqltune.data.rows;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length, since a file without line breaks would fill the memory. */
final class TextLines {
    /** The maximal length of a line in characters: a thousand times the longest row of any published data set. */
    static final int MOST = 16 << 20;

    private final Reader in;
    private final int most;
    private final char[] buffer = new char[1 << 14];
    private int position;
    private int end;
    private boolean tooLong;

    TextLines(Reader in) {
        this(in, MOST);
    }

    TextLines(Reader in, int most) {
        this.in = in;
        this.most = most;
    }

    /** Returns the next line without its line feed, carriage return or both; null at the end of the text. */
    @Nullable
    String next() throws IOException {
        tooLong = false;
        StringBuilder line = new StringBuilder();
        boolean any = false;
        while (position < end || fill()) {
            any = true;
            int start = position;
            while (position < end && buffer[position] != '\n' && buffer[position] != '\r') {
                position++;
            }
            append(line, start);
            if (position < end) {
                skipLineEnd();
                return line.toString();
            }
        }
        return any ? line.toString() : null;
    }

    /** Returns whether the last line was too long, so that {@link #next} returned only its beginning. */
    boolean tooLong() {
        return tooLong;
    }

    private void append(StringBuilder line, int start) {
        int room = most - line.length();
        tooLong |= position - start > room;
        line.append(buffer, start, Math.min(room, position - start));
    }

    private void skipLineEnd() throws IOException {
        boolean carriageReturn = buffer[position] == '\r';
        position++;
        if (carriageReturn && (position < end || fill()) && buffer[position] == '\n') {
            position++;
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }
}
