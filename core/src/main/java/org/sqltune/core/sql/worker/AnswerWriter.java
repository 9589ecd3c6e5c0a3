package org.sqltune.core.sql.worker;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.RowSink;
import org.sqltune.core.sql.SqlExecutionException;

/** Sends a query's result to the parent process, value by value. */
final class AnswerWriter implements RowSink {
    private final DataOutputStream out;

    AnswerWriter(DataOutputStream out) {
        this.out = out;
    }

    @Override
    public void columns(List<String> names) throws IOException {
        out.writeByte(Tag.COLUMNS);
        out.writeInt(names.size());
        for (String name : names) {
            Texts.write(out, name);
        }
    }

    @Override
    public void value(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte(Tag.NULL);
        } else if (value instanceof Long number) {
            out.writeByte(Tag.LONG);
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte(Tag.DOUBLE);
            out.writeDouble(number);
        } else if (value instanceof byte[] bytes) {
            out.writeByte(Tag.BLOB);
            Texts.write(out, bytes);
        } else {
            out.writeByte(Tag.TEXT);
            Texts.write(out, (String) value);
        }
    }

    void end(boolean truncated) throws IOException {
        out.writeByte(truncated ? Tag.TRUNCATED : Tag.COMPLETE);
        out.flush();
    }

    void failure(SqlExecutionException failure) throws IOException {
        out.writeByte(Tag.FAILURE);
        out.writeByte(failure.kind().ordinal());
        Texts.write(out, String.valueOf(failure.getMessage()));
        out.flush();
    }
}
