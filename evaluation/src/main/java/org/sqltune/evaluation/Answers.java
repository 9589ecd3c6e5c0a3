package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;

/**
 * Questions and their answers.
 *
 * @param examples the questions with gold SQL
 * @param predictions one per question, in the same order, with the same ids
 */
public record Answers(List<Example> examples, List<SqlPrediction> predictions) {
    public Answers {
        examples = List.copyOf(examples);
        predictions = List.copyOf(predictions);
        JournaledAnswers.requireSameIds(examples, predictions);
    }

    /** Returns answers of which only the SQL is known. */
    public static Answers of(List<Example> examples, List<String> sql) {
        List<SqlPrediction> predictions = new ArrayList<>();
        for (int i = 0; i < sql.size(); i++) {
            predictions.add(new SqlPrediction(examples.get(i).id(), sql.get(i), 0, 0));
        }
        return new Answers(examples, predictions);
    }
}
