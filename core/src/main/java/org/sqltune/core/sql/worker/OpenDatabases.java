package org.sqltune.core.sql.worker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqliteExecutor;

/** The databases that a worker has opened; those not asked for longest are closed when there are many. */
final class OpenDatabases {
    private static final int MOST_OPEN = 32;

    private final Map<Key, SqliteExecutor> executors = new LinkedHashMap<>(MOST_OPEN, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SqliteExecutor> eldest) {
            if (size() <= MOST_OPEN) {
                return false;
            }
            eldest.getValue().close();
            return true;
        }
    };

    SqliteExecutor get(String file, QueryLimits limits) {
        Key key = new Key(file, limits);
        SqliteExecutor known = executors.get(key);
        if (known == null) {
            known = SqliteExecutor.open(Path.of(file), limits);
            executors.put(key, known);
        }
        return known;
    }

    private record Key(String file, QueryLimits limits) {}
}
