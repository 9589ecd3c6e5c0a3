package org.sqltune.core.sql.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqliteExecutor;

/**
 * Main class of a worker process: answers {@link Request}s until its input ends. Only {@link SqliteWorkers} starts it.
 */
public final class WorkerMain {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OpenDatabases databases = new OpenDatabases();
    private final DataInputStream requests;
    private final DataOutputStream answers;

    private WorkerMain(DataInputStream requests, DataOutputStream answers) {
        this.requests = requests;
        this.answers = answers;
    }

    /**
     * Answers until standard input ends.
     *
     * @param arguments process id of the parent
     * @throws IOException if the parent has closed its end
     */
    public static void main(String[] arguments) throws IOException {
        NativeLibrary.load();
        ParentWatch.start(Long.parseLong(arguments[0]));
        // The raw descriptors, so that a library that prints to System.out can't corrupt the answers.
        WorkerMain worker = new WorkerMain(
                new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER_BYTES)),
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES)));
        worker.run();
    }

    private void run() throws IOException {
        answers.writeByte(Tag.READY);
        answers.flush();
        while (true) {
            Request request;
            try {
                request = Request.read(requests);
            } catch (EOFException e) {
                return;
            }
            answer(request);
        }
    }

    private void answer(Request request) throws IOException {
        AnswerWriter writer = new AnswerWriter(answers);
        try {
            SqliteExecutor executor = databases.get(request);
            writer.end(request.operation() == Request.Operation.EXECUTE && executor.execute(request.sql(), writer));
        } catch (SqlExecutionException e) {
            writer.failure(e);
        }
    }
}
