package org.sqltune.core.sql.worker;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.RowSink;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/**
 * Reads the answers that {@link AnswerWriter} writes. It checks every length and tag, because a damaged worker may
 * write anything.
 */
final class AnswerReader {
    /** Largest size of a name or message; SQL is limited to a tenth of it. */
    private static final int MAX_TEXT_BYTES = 1_000_000;
    /** Factor by which a text of a UTF-16 database may grow in UTF-8. */
    private static final long GROWTH = 2;

    private static final int MAX_COLUMNS = 100_000;

    private final DataInputStream in;
    private final int maxValueBytes;

    AnswerReader(DataInputStream in, QueryLimits limits) {
        this.in = in;
        this.maxValueBytes = (int) Math.min(Integer.MAX_VALUE, GROWTH * limits.maxValueBytes());
    }

    /**
     * Passes a result to a sink as it arrives.
     *
     * @return whether a limit truncated it
     * @throws SqlExecutionException if the worker reports a failure; the sink may have received some rows before
     * @throws IOException if the answer is incomplete or malformed
     */
    boolean read(RowSink sink) throws IOException {
        while (true) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case Tag.COLUMNS -> sink.columns(columns());
                case Tag.NULL -> sink.value(null);
                case Tag.LONG -> sink.value(in.readLong());
                case Tag.DOUBLE -> sink.value(in.readDouble());
                case Tag.TEXT -> sink.value(Texts.read(in, maxValueBytes));
                case Tag.BLOB -> sink.value(Texts.readBytes(in, maxValueBytes));
                case Tag.COMPLETE -> {
                    return false;
                }
                case Tag.TRUNCATED -> {
                    return true;
                }
                case Tag.FAILURE -> throw failure();
                default -> throw new IOException("an answer with the tag " + tag);
            }
        }
    }

    private List<String> columns() throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_COLUMNS) {
            throw new IOException("an answer with " + count + " columns");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Texts.read(in, MAX_TEXT_BYTES));
        }
        return names;
    }

    private SqlExecutionException failure() throws IOException {
        int kind = in.readUnsignedByte();
        if (kind >= Kind.values().length) {
            throw new IOException("a failure of kind " + kind);
        }
        return new SqlExecutionException(Kind.values()[kind], Texts.read(in, MAX_TEXT_BYTES));
    }
}
