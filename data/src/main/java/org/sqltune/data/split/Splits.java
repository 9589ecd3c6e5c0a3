package org.sqltune.data.split;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sqltune.data.rows.RowCount;

/**
 * A data set split by use: training, validation and test.
 *
 * @param train the training set
 * @param validation the validation set; empty if there is none
 * @param test the test set; empty if there is none
 * @param furtherTests test sets beside {@code test} by name, in the order of reports; empty for most data sets
 * @param notes remarks for readers of the results, one sentence each: omitted rows with their reason, and warnings
 * @param counts numbers of used and rejected rows per file; empty for items that come from no file
 * @param <T> type of the items: examples, prompts with completions, or tokenised examples
 */
public record Splits<T>(
        List<T> train,
        List<T> validation,
        List<T> test,
        Map<String, List<T>> furtherTests,
        List<String> notes,
        List<RowCount> counts) {
    public Splits {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        furtherTests = mapped(furtherTests, List::copyOf);
        notes = List.copyOf(notes);
        counts = List.copyOf(counts);
    }

    /** Creates splits with one test set. */
    public Splits(List<T> train, List<T> validation, List<T> test, List<String> notes, List<RowCount> counts) {
        this(train, validation, test, Map.of(), notes, counts);
    }

    /** Creates splits with one test set, whose items don't come from files. */
    public Splits(List<T> train, List<T> validation, List<T> test, List<String> notes) {
        this(train, validation, test, notes, List.of());
    }

    /** Creates splits without a test set, notes or files. */
    public Splits(List<T> train, List<T> validation) {
        this(train, validation, List.of(), List.of());
    }

    /** Returns these splits with every item mapped; notes and counts stay. */
    public <R> Splits<R> map(Function<? super T, ? extends R> change) {
        return mapSets(items -> items.stream().<R>map(change).toList());
    }

    /** Returns these splits with every set mapped as a whole; notes and counts stay. */
    public <R> Splits<R> mapSets(Function<List<T>, List<R>> change) {
        return new Splits<>(
                change.apply(train),
                change.apply(validation),
                change.apply(test),
                mapped(furtherTests, change),
                notes,
                counts);
    }

    /** Returns these splits with other sets to train and validate on, and other notes. */
    public Splits<T> withTraining(List<T> otherTrain, List<T> otherValidation, List<String> otherNotes) {
        return new Splits<>(otherTrain, otherValidation, test, furtherTests, otherNotes, counts);
    }

    /** Returns these splits with another note. */
    public Splits<T> withNote(String note) {
        return withTraining(
                train,
                validation,
                Stream.concat(notes.stream(), Stream.of(note)).toList());
    }

    /**
     * Returns the sets that aren't trained on, by name in the order of reports, without empty ones: {@code validation},
     * {@code test} unless it is the validation set again, and further tests.
     */
    public Map<String, List<T>> heldOut() {
        Map<String, List<T>> sets = new LinkedHashMap<>();
        sets.put("validation", validation);
        if (!test.equals(validation)) {
            sets.put("test", test);
        }
        sets.putAll(furtherTests);
        sets.values().removeIf(List::isEmpty);
        return sets;
    }

    /** Returns what readers call a set of {@link #heldOut}: the validation set that is the test set, too, is both. */
    public String title(String set) {
        return set.equals("validation") && test.equals(validation) ? "validation and test" : set;
    }

    /** Returns every item of every set; those of a test set that is the validation set again come once. */
    public Stream<T> all() {
        return Stream.concat(train.stream(), heldOut().values().stream().flatMap(List::stream));
    }

    private static <T, R> Map<String, List<R>> mapped(Map<String, List<T>> sets, Function<List<T>, List<R>> change) {
        Map<String, List<R>> result = new LinkedHashMap<>();
        sets.forEach((name, items) -> result.put(name, change.apply(items)));
        return Collections.unmodifiableMap(result);
    }
}
