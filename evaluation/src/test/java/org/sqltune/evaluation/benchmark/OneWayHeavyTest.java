package org.sqltune.evaluation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.data.spider.SpiderSource;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;

/**
 * A whole system's answers to the first questions of Spider's dev set, given as a model gives them and as a file. {@code
 * -Dsqltune.spider=FOLDER} names Spider's folder, with {@code evaluator_vectors} in it.
 */
@Tag("heavy")
class OneWayHeavyTest {
    private static final int QUESTIONS = 100;

    @TempDir
    private Path folder;

    @Test
    void theFirstHundredRowsAreTheSameEitherWay() throws IOException {
        Path spider = Path.of(Objects.requireNonNull(System.getProperty("sqltune.spider"), "-Dsqltune.spider=FOLDER"));
        SpiderSource source = new SpiderSource(spider);
        List<Example> examples = source.prepare().test().subList(0, QUESTIONS);
        List<String> answers = Files.readAllLines(spider.resolve("evaluator_vectors/din_codex.pred.sql"))
                .subList(0, QUESTIONS);
        Report asked = Evaluator.of(
                        EvaluationSettings.defaults(),
                        new SqliteDatabases(source.databases().orElseThrow()))
                .with(OfficialScorers.of(source.benchmark().orElseThrow(), null, 0))
                .evaluate(
                        examples,
                        (questions, progress) -> questions.stream()
                                .map(question -> new SqlPrediction(
                                        question.id(),
                                        answers.get(
                                                Integer.parseInt(question.id().replace("dev-", ""))),
                                        0,
                                        0))
                                .toList(),
                        ProgressListener.NONE)
                .toReport(Provenance.UNKNOWN);
        Path gold = folder.resolve("gold.sql");
        Files.write(
                gold,
                examples.stream()
                        .map(example -> example.sql() + "\t" + example.databaseId())
                        .toList());
        Report file = PredictionFile.spider(
                        Files.write(folder.resolve("pred.sql"), answers),
                        gold,
                        spider.resolve("tables.json"),
                        new DatabaseFolder(spider.resolve("database")),
                        TestSuiteRules.DEFAULTS,
                        60,
                        null)
                .evaluate(true, ProgressListener.NONE)
                .toReport(Provenance.UNKNOWN);
        assertThat(asked.rows()).hasSize(QUESTIONS).hasSameSizeAs(file.rows());
        for (int i = 0; i < QUESTIONS; i++) {
            assertThat(asked.rows().get(i))
                    .as("row %d", i)
                    .usingRecursiveComparison()
                    .ignoringFields("id", "question", "prediction")
                    .isEqualTo(file.rows().get(i));
        }
    }
}
