package org.sqltune.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;

/** Answers every question with its gold SQL. */
public final class GoldPredictor implements SqlPredictor {
    private final Map<String, String> answers = new HashMap<>();

    public GoldPredictor(List<Example> examples) {
        examples.forEach(example -> answers.put(example.id(), example.sql()));
    }

    @Override
    public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
        return questions.stream()
                .map(question -> new SqlPrediction(question.id(), answers.get(question.id()), 0, 0))
                .toList();
    }
}
