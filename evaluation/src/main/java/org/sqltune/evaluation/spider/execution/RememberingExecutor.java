package org.sqltune.evaluation.spider.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;

/**
 * Caches the last few outcomes: both definitions usually run the same text, and neighbouring questions share gold
 * queries. It caches failures too, so that a query hits its time limit only once.
 */
final class RememberingExecutor implements SqlExecutor {
    private static final int REMEMBERED = 16;
    private static final long LARGEST_BYTES = 4_000_000;

    private final SqlExecutor executor;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Outcome> eldest) {
            return size() > REMEMBERED;
        }
    };

    RememberingExecutor(SqlExecutor executor) {
        this.executor = executor;
    }

    @Override
    public QueryResult execute(String sql) {
        Outcome known = outcomes.get(sql);
        if (known == null) {
            known = run(sql);
            if (known.bytes() <= LARGEST_BYTES) {
                outcomes.put(sql, known);
            }
        }
        return known.result();
    }

    private Outcome run(String sql) {
        try {
            return new Success(executor.execute(sql));
        } catch (SqlExecutionException e) {
            return new Failure(e);
        }
    }

    private sealed interface Outcome {
        QueryResult result();

        long bytes();
    }

    private record Success(QueryResult result) implements Outcome {
        @Override
        public long bytes() {
            return result.heapBytes();
        }
    }

    private record Failure(SqlExecutionException error) implements Outcome {
        @Override
        public QueryResult result() {
            throw error;
        }

        @Override
        public long bytes() {
            return 0;
        }
    }
}
