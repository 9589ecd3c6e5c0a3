package org.sqltune.core.sql.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.sqltune.core.sql.QueryLimits;

/**
 * What a worker is asked. It holds all that the worker needs to know, so that any worker can answer it, a new one too.
 *
 * @param operation what to do
 * @param file the SQLite file
 * @param limits what the query may use up
 * @param sql the query; empty for {@link Operation#OPEN}
 */
record Request(Operation operation, String file, QueryLimits limits, String sql) {
    enum Operation {
        /** Open the database, unless it is open. */
        OPEN,
        /** Run one query. */
        EXECUTE
    }

    /** The file and the limits in one text: what an open database is good for. */
    String database() {
        // No record's hashCode: making one costs a starting worker more than all else here.
        return String.join(
                " ",
                limits.timeout().toString(),
                Integer.toString(limits.maxRows()),
                Long.toString(limits.maxResultBytes()),
                Integer.toString(limits.maxValueBytes()),
                Long.toString(limits.maxTemporaryBytes()),
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
        Texts.write(out, sql);
        out.flush();
    }

    /** Reads what {@link #write} wrote. */
    static Request read(DataInputStream in) throws IOException {
        Operation operation = Operation.values()[in.readByte()];
        String file = Texts.read(in, Integer.MAX_VALUE);
        Duration timeout = Duration.ofNanos(in.readLong());
        QueryLimits limits = new QueryLimits(timeout, in.readInt(), in.readLong(), in.readInt(), in.readLong());
        return new Request(operation, file, limits, Texts.read(in, Integer.MAX_VALUE));
    }
}
