package org.sqltune.evaluation.spider.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.core.text.Failures;
import org.sqltune.evaluation.spider.grammar.QuerySchema;

/** The databases of one folder: the original one, which has the folder's name, and its test suite variants. */
public final class DatabaseSession {
    private final SqlExecutor named;
    private final SqlExecutor original;
    private final List<SqlExecutor> testSuite = new ArrayList<>();

    /**
     * Opens the databases.
     *
     * @param workers run the queries
     * @param file the database that has the folder's name
     * @param limits the limits of each query
     * @throws SqlTuneException if the folder or a database can't be read
     */
    public DatabaseSession(SqliteWorkers workers, Path file, QueryLimits limits) {
        named = workers.open(file, limits);
        original = new RememberingExecutor(new PythonLikeExecutor(named));
        for (Path database : databasesBeside(file)) {
            testSuite.add(
                    database.equals(file)
                            ? original
                            : new RememberingExecutor(new PythonLikeExecutor(workers.open(database, limits))));
        }
    }

    /** Returns an executor that accepts and rejects the same SQL as Python's {@code sqlite3}. */
    public static SqlExecutor asPythonRuns(SqlExecutor executor) {
        return new PythonLikeExecutor(executor);
    }

    /** Returns the database that has the folder's name. */
    public SqlExecutor original() {
        return original;
    }

    /** Returns all databases of the folder. */
    public List<SqlExecutor> testSuite() {
        return testSuite;
    }

    /** Returns the tables and columns of the original database. */
    public QuerySchema schema() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        named.execute("SELECT m.name, c.name FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c"
                        + " WHERE m.type = 'table' ORDER BY m.rowid, c.cid")
                .rows()
                .forEach(row -> {
                    List<String> columns =
                            tables.computeIfAbsent(String.valueOf(row.get(0)), name -> new ArrayList<>());
                    if (row.get(1) instanceof String column) {
                        columns.add(column);
                    }
                });
        return new QuerySchema(tables);
    }

    private static List<Path> databasesBeside(Path file) {
        try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
            return files.filter(path -> path.getFileName().toString().contains(".sqlite"))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new SqlTuneException("Can't list the databases beside " + file + ": " + Failures.reason(e), e);
        }
    }
}
