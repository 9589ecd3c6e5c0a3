package org.sqltune.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;

/** Answers from a list and remembers what it was asked; fails at a question that the list lacks. */
public final class FakePredictor implements SqlPredictor {
    public final List<List<SqlQuestion>> batches = new ArrayList<>();
    private final Map<String, String> answers;

    public FakePredictor(Map<String, String> answers) {
        this.answers = answers;
    }

    @Override
    public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
        batches.add(List.copyOf(questions));
        List<SqlPrediction> predictions = new ArrayList<>();
        for (SqlQuestion question : questions) {
            predictions.add(new SqlPrediction(question.id(), answer(question.question()), 3, 0.25));
            progress.advanced(predictions.size(), questions.size(), "");
        }
        return predictions;
    }

    private String answer(String question) {
        String sql = answers.get(question);
        if (sql == null) {
            throw new SqlTuneException("No answer to " + question + ": ask another question");
        }
        return sql;
    }
}
