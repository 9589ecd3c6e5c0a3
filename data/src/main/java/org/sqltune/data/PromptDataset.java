package org.sqltune.data;

import java.util.List;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.source.Splits;

/**
 * What a model is trained on and its loss is measured by.
 *
 * @param train to train on
 * @param validation for the loss while training
 * @param test for the loss at the end
 * @param notes what a reader of the results should know, a sentence each
 */
public record PromptDataset(
        List<PromptCompletion> train,
        List<PromptCompletion> validation,
        List<PromptCompletion> test,
        List<String> notes) {

    public PromptDataset {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        notes = List.copyOf(notes);
    }

    /** Writes every example as prompt and completion. */
    public static PromptDataset of(Splits splits, PromptTemplate template) {
        return new PromptDataset(
                rendered(splits.train(), template),
                rendered(splits.validation(), template),
                rendered(splits.test(), template),
                splits.notes());
    }

    private static List<PromptCompletion> rendered(List<Example> examples, PromptTemplate template) {
        return examples.stream()
                .map(example -> new PromptCompletion(
                        example.id(), template.render(example.toQuestion()), template.completion(example)))
                .toList();
    }
}
