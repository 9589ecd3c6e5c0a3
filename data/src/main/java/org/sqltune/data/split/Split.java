package org.sqltune.data.split;

import java.util.List;

/**
 * A set divided in two, each part in the set's order.
 *
 * @param train what is left to train on
 * @param validation what is held out
 * @param <T> what is divided, such as examples
 */
public record Split<T>(List<T> train, List<T> validation) {
    public Split {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }
}
