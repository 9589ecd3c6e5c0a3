package org.sqltune.data.split;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sqltune.data.rows.RowCount;

/**
 * A data set split by use: training, validation and test.
 *
 * @param train the training set
 * @param validation the validation set; empty if there is none
 * @param test the test set; empty if there is none
 * @param notes remarks for readers of the results, one sentence each: omitted rows with their reason, and warnings
 * @param counts numbers of used and rejected rows per file; empty for items that come from no file
 * @param <T> type of the items: examples, prompts with completions, or tokenised examples
 */
public record Splits<T>(List<T> train, List<T> validation, List<T> test, List<String> notes, List<RowCount> counts) {
    public Splits {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        notes = List.copyOf(notes);
        counts = List.copyOf(counts);
    }

    /** Creates splits whose items don't come from files. */
    public Splits(List<T> train, List<T> validation, List<T> test, List<String> notes) {
        this(train, validation, test, notes, List.of());
    }

    /** Creates splits without a test set, notes or files. */
    public Splits(List<T> train, List<T> validation) {
        this(train, validation, List.of(), List.of());
    }

    /** Returns these splits with every item mapped; notes and counts stay. */
    public <R> Splits<R> map(Function<? super T, ? extends R> change) {
        return new Splits<>(changed(train, change), changed(validation, change), changed(test, change), notes, counts);
    }

    /** Returns these splits with another note. */
    public Splits<T> withNote(String note) {
        return new Splits<>(
                train,
                validation,
                test,
                Stream.concat(notes.stream(), Stream.of(note)).toList(),
                counts);
    }

    private static <T, R> List<R> changed(List<T> items, Function<? super T, ? extends R> change) {
        return items.stream().<R>map(change).toList();
    }
}
