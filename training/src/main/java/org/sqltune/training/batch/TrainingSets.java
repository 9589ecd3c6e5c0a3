package org.sqltune.training.batch;

import java.util.List;

/**
 * What a run trains on and is judged by.
 *
 * @param train training examples, at least one
 * @param validation examples for the validation loss; may be empty
 * @param shuffle whether each epoch has its own order
 */
public record TrainingSets(List<TokenizedExample> train, List<TokenizedExample> validation, boolean shuffle) {
    public TrainingSets {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }
}
