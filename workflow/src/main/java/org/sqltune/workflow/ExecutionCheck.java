package org.sqltune.workflow;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.Example;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.worker.SqliteDatabases;

/** Checks before a model is loaded whether answers can be executed: execution accuracy needs a database. */
public final class ExecutionCheck {
    private static final Logger log = LoggerFactory.getLogger(ExecutionCheck.class);

    private static final String KEY = "evaluation.metrics";

    private ExecutionCheck() {}

    /**
     * Rejects a run that requests execution accuracy without a database; only warns if it is a default.
     *
     * @param run the request, which shows the explicit settings
     * @param config the resulting configuration
     * @param databases the data's databases; null if there are none
     * @param questions the questions to score
     * @throws ConfigException if execution accuracy is requested and no question has a database
     */
    public static void check(
            RunRequest run, RunConfig config, @Nullable QueryDatabases databases, List<Example> questions) {
        if (questions.isEmpty() || !config.evaluation().metrics().contains(Metric.EXECUTION_ACCURACY)) {
            return;
        }
        problem(config, databases, questions).ifPresent(problem -> {
            if (isAsked(run)) {
                throw new ConfigException(
                        KEY,
                        List.of("execution_accuracy can't be computed: " + problem
                                + ", or leave execution_accuracy out of evaluation.metrics"));
            }
            log.warn("Execution accuracy isn't computed: {}", problem);
        });
    }

    private static Optional<String> problem(
            RunConfig config, @Nullable QueryDatabases ofData, List<Example> questions) {
        QueryDatabases databases = config.evaluation().databasePath() == null
                ? ofData
                : new SqliteDatabases(new DatabaseFolder(config.evaluation().databasePath()));
        String remedy = "; name the database with data.database (an SQLite file, a folder of them or a JDBC URL)";
        if (databases == null) {
            return Optional.of("there is no database to run queries on" + remedy);
        }
        boolean none = questions.stream().map(Example::databaseId).distinct().noneMatch(databases::has);
        return none ? Optional.of("no question names a database that is in " + databases + remedy) : Optional.empty();
    }

    private static boolean isAsked(RunRequest run) {
        return run.overrides().stream().anyMatch(each -> each.startsWith(KEY + "="))
                || (run.config() != null && RunConfigLoader.keysIn(run.config()).contains(KEY));
    }
}
