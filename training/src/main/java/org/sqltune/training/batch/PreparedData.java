package org.sqltune.training.batch;

import java.util.List;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.split.Splits;
import org.sqltune.model.torch.ElementType;

/**
 * The data and device of a run, ready for training.
 *
 * @param prompts the prompts and completions as texts
 * @param train the training set as tokens
 * @param validation the validation set as tokens; empty if there is none
 * @param device the device that computes
 * @param arithmetic element type of activations and weights in computation
 * @param notes remarks on the data that affect how to read the results, one sentence each
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
