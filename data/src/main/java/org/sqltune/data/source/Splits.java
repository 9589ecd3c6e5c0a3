package org.sqltune.data.source;

import java.util.List;
import java.util.stream.Stream;
import org.sqltune.core.example.Example;
import org.sqltune.data.rows.RowCount;

/**
 * A data set's examples by use.
 *
 * @param train to train on
 * @param validation for the loss while training; empty if the data set has none
 * @param test to score; empty if the data set has none
 * @param notes what a reader of the results should know: rows left out and why, warnings; a sentence each
 * @param counts what became of the rows of each file; empty for examples that come from no file
 */
public record Splits(
        List<Example> train, List<Example> validation, List<Example> test, List<String> notes, List<RowCount> counts) {
    public Splits {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        notes = List.copyOf(notes);
        counts = List.copyOf(counts);
    }

    /** Examples that come from no file. */
    public Splits(List<Example> train, List<Example> validation, List<Example> test, List<String> notes) {
        this(train, validation, test, notes, List.of());
    }

    /** The same with one note more. */
    public Splits withNote(String note) {
        return new Splits(
                train,
                validation,
                test,
                Stream.concat(notes.stream(), Stream.of(note)).toList(),
                counts);
    }
}
