package org.sqltune.inference.session;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.AdapterSwitch;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextListener;

/** What answers a session's questions. */
public interface SessionModel {
    /**
     * Answers a question.
     *
     * @param listener told how the answer grows, on any thread; told nothing where that isn't known
     * @throws InterruptedWorkException if the thread is interrupted, which cancels the answer
     * @throws SqlTuneException if there is no answer
     */
    Answered answer(SqlQuestion question, TextListener listener);

    /** What {@code \adapter} switches. */
    AdapterSwitch adapters();

    /** How answers are decoded, by the names of the configuration; empty where that can't be changed. */
    Map<String, String> settings();

    /**
     * Changes a setting for the answers from now on.
     *
     * @throws SqlTuneException if there is none of that name, or it can't have that value; nothing is changed then
     */
    void set(String name, String value);

    /**
     * An answer.
     *
     * @param took what it took; null if nobody said
     */
    record Answered(SqlPrediction prediction, @Nullable TextAnswer took) {}

    /** A predictor that tells its answers once they are whole. */
    static SessionModel of(SqlPredictor predictor, AdapterSwitch adapters) {
        return new SessionModel() {
            @Override
            public Answered answer(SqlQuestion question, TextListener listener) {
                return new Answered(
                        predictor
                                .predict(List.of(question), ProgressListener.NONE)
                                .get(0),
                        null);
            }

            @Override
            public AdapterSwitch adapters() {
                return adapters;
            }

            @Override
            public Map<String, String> settings() {
                return Map.of();
            }

            @Override
            public void set(String name, String value) {
                throw new SqlTuneException("There is no setting " + name + " here");
            }
        };
    }
}
