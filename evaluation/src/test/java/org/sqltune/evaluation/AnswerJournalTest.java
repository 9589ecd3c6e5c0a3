package org.sqltune.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.metric.Score;

class AnswerJournalTest {
    @TempDir
    private Path folder;

    private final List<Example> examples = IntStream.range(0, 40)
            .mapToObj(i -> new Example("q" + i, "db" + i % 2, "?", new VerbatimSchema("s" + i % 2), "SELECT " + i))
            .toList();
    private final List<String> asked = new ArrayList<>();

    @Test
    void aStoppedEvaluationGoesOnWhereItWas() {
        SqlPredictor breaksDown = new SqlPredictor() {
            @Override
            public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
                return gold().predict(questions, progress);
            }

            @Override
            public void predictEach(List<SqlQuestion> questions, AnswerListener listener) {
                // The last ones first: answers may come in any order.
                for (int i = questions.size() - 1; i >= 24; i--) {
                    listener.answered(
                            i,
                            gold().predict(questions.subList(i, i + 1), ProgressListener.NONE)
                                    .get(0));
                }
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> evaluate(breaksDown, "f")).hasMessage("killed");
        assertThat(asked).hasSize(16);
        asked.clear();
        Evaluation evaluation = evaluate(gold(), "f");
        assertThat(asked).hasSize(24).doesNotHaveDuplicates();
        assertThat(evaluation.report().overall().exactMatch()).isEqualTo(new Score(40, 40));
        assertThat(evaluation.predictions())
                .extracting(each -> each.example().id())
                .containsExactlyElementsOf(examples.stream().map(Example::id).toList());
    }

    @Test
    void answersOfAnotherEvaluationAreAskedAgain() {
        evaluate(gold(), "one");
        asked.clear();
        evaluate(gold(), "another");
        assertThat(asked).hasSize(40);
    }

    @Test
    void aLineThatIsHalfWrittenIsAskedAgain() throws IOException {
        evaluate(gold(), "f");
        Path file = folder.resolve("answers.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 30), StandardOpenOption.TRUNCATE_EXISTING);
        asked.clear();
        evaluate(gold(), "f");
        assertThat(asked).hasSize(1);
        asked.clear();
        evaluate(gold(), "f");
        assertThat(asked).isEmpty();
    }

    @Test
    void aFinishedJournalIsDeleted() {
        try (AnswerJournal journal = AnswerJournal.open(folder.resolve("answers.jsonl"), "f")) {
            journal.finish();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void questionsOfOneSchemaAreAskedTogetherAndTheAccuracyRuns() {
        List<String> messages = new ArrayList<>();
        List<String> databases = new ArrayList<>();
        SqlPredictor predictor = (questions, progress) -> {
            questions.forEach(question -> databases.add(question.databaseId()));
            return gold().predict(questions, progress);
        };
        evaluator().evaluate(examples, predictor, (done, total, message) -> messages.add(done + " " + message));
        assertThat(databases).hasSize(40);
        assertThat(databases.subList(0, 20)).containsOnly("db0");
        assertThat(databases.subList(20, 40)).containsOnly("db1");
        assertThat(messages).contains("40 100.0 % right");
    }

    private SqlPredictor gold() {
        return (questions, progress) -> questions.stream()
                .map(question -> {
                    asked.add(question.id());
                    return new SqlPrediction(
                            question.id(), "SELECT " + question.id().substring(1), 3, 0.1);
                })
                .toList();
    }

    private Evaluation evaluate(SqlPredictor predictor, String fingerprint) {
        try (AnswerJournal journal = AnswerJournal.open(folder.resolve("answers.jsonl"), fingerprint)) {
            return evaluator().evaluate(examples, predictor, ProgressListener.NONE, journal);
        }
    }

    private static Evaluator evaluator() {
        return new Evaluator(EnumSet.of(Metric.EXACT_MATCH), null, QueryLimits.DEFAULTS, DistinctRule.KEPT);
    }
}
