package org.sqltune.model.hub;

import org.sqltune.core.progress.ProgressListener;

/** Shows downloads to somebody. */
@FunctionalInterface
public interface DownloadDisplay {
    /** Shows nothing. */
    DownloadDisplay NONE = () -> new Task() {
        @Override
        public void advanced(long done, long total, String message) {}

        @Override
        public void close() {}
    };

    /** A download begins. */
    Task begin();

    /** One download: told of bytes done, bytes in all, and the name of the file at hand, until it is closed. */
    interface Task extends ProgressListener, AutoCloseable {
        @Override
        void close();
    }
}
