package org.sqltune.data.source;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.DatabaseFolder;

/** What a benchmark's official scores need of its files, beside the questions. */
public sealed interface BenchmarkFiles {

    /**
     * Returns where the benchmark keeps the databases on which gold queries and answers run; empty if there are none.
     */
    default Optional<DatabaseFolder> databases() {
        return Optional.empty();
    }

    /**
     * Of Spider, or a data set in its form.
     *
     * @param tables {@code tables.json}
     * @param folder {@code database/}
     */
    record Spider(Path tables, DatabaseFolder folder) implements BenchmarkFiles {
        @Override
        public Optional<DatabaseFolder> databases() {
            return Optional.of(folder);
        }
    }

    /**
     * Of BIRD.
     *
     * @param folder {@code dev_databases/}; null if it isn't there
     */
    record Bird(@Nullable DatabaseFolder folder) implements BenchmarkFiles {
        @Override
        public Optional<DatabaseFolder> databases() {
            return Optional.ofNullable(folder);
        }
    }

    /**
     * Of WikiSQL.
     *
     * @param folder holds table headers, and {@code dev.db} and {@code test.db} where they were downloaded
     */
    record WikiSql(Path folder) implements BenchmarkFiles {}
}
