package org.sqltune.inference;

import java.util.List;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.LanguageModel;

/**
 * Asks a model as it is at each call, attached adapter included, for callers that change it between calls, such as training.
 * Nothing is kept from call to call. An interrupted thread ends its call with an {@link InterruptedWorkException}.
 *
 * @param model its caller's; nobody else may compute with it during a call
 * @param prompts how it is asked
 * @param inference how to decode
 */
public record ModelPredictor(LanguageModel model, ModelPrompts prompts, InferenceSettings inference)
        implements SqlPredictor {
    @Override
    public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
        try (TextToSql sql = TextToSql.over(model, prompts, inference)) {
            return sql.predictor().predict(questions, progress);
        }
    }

    @Override
    public void predictEach(List<SqlQuestion> questions, AnswerListener listener) {
        try (TextToSql sql = TextToSql.over(model, prompts, inference)) {
            sql.predictor().predictEach(questions, listener);
        }
    }
}
