package org.sqltune.workflow.phases;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.workflow.train.TrainRequest;

/**
 * What is run.
 *
 * @param train the run; with {@link TrainRequest#resume()} phases that are done aren't run again
 * @param mode which phases
 * @param modelName what the model is called where it is deployed; null for the name of the run's folder
 */
public record PhasesRequest(
        TrainRequest train, Mode mode, @Nullable String modelName) {
    /** The typed keys that also matter when the run's own configuration is read again. */
    List<String> keysAfterTraining() {
        return train.run().overrides().stream()
                .filter(each -> each.startsWith("inference.") || each.startsWith("evaluation."))
                .toList();
    }
}
