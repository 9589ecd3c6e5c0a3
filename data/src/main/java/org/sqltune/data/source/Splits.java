package org.sqltune.data.source;

import java.util.List;
import org.sqltune.core.example.Example;

/**
 * A data set's examples by use.
 *
 * @param train to train on
 * @param validation for the loss while training; empty if the data set has none
 * @param test to score; empty if the data set has none
 * @param notes what a reader of the results should know: rows left out and why, warnings; a sentence each
 */
public record Splits(List<Example> train, List<Example> validation, List<Example> test, List<String> notes) {
    public Splits {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        notes = List.copyOf(notes);
    }
}
