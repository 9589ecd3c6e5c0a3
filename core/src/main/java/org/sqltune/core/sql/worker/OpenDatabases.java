package org.sqltune.core.sql.worker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqltune.core.sql.SqliteExecutor;

/** The databases that a worker has open. Beyond {@link #MOST_OPEN}, the least recently used one is closed. */
final class OpenDatabases {
    private static final int MOST_OPEN = 32;

    /** By {@link Request#database()}. */
    private final Map<String, SqliteExecutor> executors = new LinkedHashMap<>(MOST_OPEN, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SqliteExecutor> eldest) {
            if (size() <= MOST_OPEN) {
                return false;
            }
            eldest.getValue().close();
            return true;
        }
    };

    SqliteExecutor get(Request request) {
        SqliteExecutor known = executors.get(request.database());
        if (known == null) {
            known = SqliteExecutor.open(Path.of(request.file()), request.limits());
            executors.put(request.database(), known);
        }
        return known;
    }
}
