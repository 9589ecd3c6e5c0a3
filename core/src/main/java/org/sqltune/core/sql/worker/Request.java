package org.sqltune.core.sql.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.sqltune.core.sql.QueryLimits;

/**
 * A request to a worker. It is self-contained, so that any worker can answer it, including a new one.
 *
 * @param operation what to do
 * @param file the SQLite file
 * @param limits resource limits of the query
 * @param sql the query; empty for {@link Operation#OPEN}
 */
record Request(Operation operation, String file, QueryLimits limits, String sql) {
    enum Operation {
        /** Open the database, unless it is open. */
        OPEN,
        /** Run one query. */
        EXECUTE
    }

    /** Returns file and limits as one text, the key of an open database. */
    String database() {
        // A record's hashCode would cost a starting worker more time than everything else here.
        return String.join(
                " ",
                limits.timeout().toString(),
                Integer.toString(limits.maxRows()),
                Long.toString(limits.maxResultBytes()),
                Integer.toString(limits.maxValueBytes()),
                Long.toString(limits.maxTemporaryBytes()),
                Long.toString(limits.maxSteps()),
                file);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(operation.ordinal());
        Texts.write(out, file);
        out.writeLong(limits.timeout().toNanos());
        out.writeInt(limits.maxRows());
        out.writeLong(limits.maxResultBytes());
        out.writeInt(limits.maxValueBytes());
        out.writeLong(limits.maxTemporaryBytes());
        out.writeLong(limits.maxSteps());
        Texts.write(out, sql);
        out.flush();
    }

    /** Reads what {@link #write} wrote. */
    static Request read(DataInputStream in) throws IOException {
        Operation operation = Operation.values()[in.readByte()];
        String file = Texts.read(in, Integer.MAX_VALUE);
        Duration timeout = Duration.ofNanos(in.readLong());
        QueryLimits limits =
                new QueryLimits(timeout, in.readInt(), in.readLong(), in.readInt(), in.readLong(), in.readLong());
        return new Request(operation, file, limits, Texts.read(in, Integer.MAX_VALUE));
    }
}
