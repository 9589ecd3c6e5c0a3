package org.sqltune.data.source;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.DatabaseFolder;

/** The files that a benchmark's official scores need besides the questions. */
public sealed interface BenchmarkFiles {

    /** Returns the benchmark's databases, on which gold queries and answers run; empty if there are none. */
    default Optional<DatabaseFolder> databases() {
        return Optional.empty();
    }

    /**
     * The files of Spider or a data set in its form.
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
     * The files of BIRD.
     *
     * @param folder {@code dev_databases/}; null if it is missing
     */
    record Bird(@Nullable DatabaseFolder folder) implements BenchmarkFiles {
        @Override
        public Optional<DatabaseFolder> databases() {
            return Optional.ofNullable(folder);
        }
    }

    /**
     * The files of WikiSQL.
     *
     * @param folder the folder with table headers and, if downloaded, {@code dev.db} and {@code test.db}
     */
    record WikiSql(Path folder) implements BenchmarkFiles {}
}
