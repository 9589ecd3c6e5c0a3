package org.sqltune.training.batch;

import java.util.List;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.split.Splits;
import org.sqltune.model.torch.ElementType;

/**
 * What a run is about to be trained on.
 *
 * @param prompts the prompts and completions as texts
 * @param train the training set as tokens
 * @param validation the validation set as tokens; empty if there is none
 * @param device what computes
 * @param arithmetic what it computes with
 * @param notes what a reader of the results should know about the data, a sentence each
 */
public record PreparedData(
        Splits<PromptCompletion> prompts,
        ExampleTokenizer.Result train,
        ExampleTokenizer.Result validation,
        DeviceChoice device,
        ElementType arithmetic,
        List<String> notes) {
    public PreparedData {
        notes = List.copyOf(notes);
    }
}
