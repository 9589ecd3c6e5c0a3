package org.sqltune.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.chat.ChatTexts;
import org.sqltune.data.chat.TextRow;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.Intake;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.rows.RowKind;
import org.sqltune.data.source.ExampleSource;
import org.sqltune.data.source.TextRowsFile;
import org.sqltune.data.split.SeededSplit;
import org.sqltune.data.split.SeededSplit.Split;
import org.sqltune.data.split.Splits;

/**
 * Prepares a run's data from its settings: reads the data set, holds out a validation set if it has none, limits the
 * number of examples and writes prompts.
 */
public final class DataPreparation {
    private final DataSettings settings;
    private final long seed;
    private final Supplier<ExampleSource> demo;

    /**
     * @param settings section {@code data}
     * @param seed {@code training.seed}: determines which examples are held out and which are kept
     * @param demo creates the source of the demo data set
     */
    public DataPreparation(DataSettings settings, long seed, Supplier<ExampleSource> demo) {
        this.settings = settings;
        this.seed = seed;
        this.demo = demo;
    }

    /** Returns the template that the settings name, for training and inference alike. */
    public PromptTemplate template() {
        return PromptTemplate.of(settings);
    }

    /**
     * Returns the data set as examples.
     *
     * @throws org.sqltune.core.SqlTuneException if it can't be read, or its files have ready prompts
     */
    public Splits<Example> examples() {
        Splits<Example> splits = ExampleSources.of(settings, demo).prepare();
        if (splits.all().findAny().isEmpty()) {
            throw new SqlTuneException("No row of " + settings.dataset().key() + " became an example. "
                    + String.join(" ", splits.notes()));
        }
        List<String> notes = new ArrayList<>(splits.notes());
        Split<Example> parts =
                limited(splits.train(), splits.validation(), new Stratification(settings.stratifyBy())::stratum, notes);
        return splits.withTraining(parts.train(), parts.validation(), notes);
    }

    /**
     * Returns the data set as prompts and completions.
     *
     * @throws SqlTuneException if it can't be read, or has conversations, which need a model's chat template
     */
    public Splits<PromptCompletion> prompts() {
        return holdsTexts()
                ? texts().map(new ChatTexts(settings.templates(), () -> {
                    throw new SqlTuneException(settings.trainFile() + " holds conversations or is to be wrapped in a"
                            + " chat template: that needs the model, so read it with texts() and ChatTexts");
                })::of)
                : examples().map(template()::promptCompletion);
    }

    /** Returns whether the data is files of texts or conversations, which are trained on unchanged. */
    public boolean holdsTexts() {
        return settings.dataset() == Dataset.FILES
                && RowKind.of(ExampleSources.trainFile(settings), mapping()).isText();
    }

    /**
     * Returns the rows of files of texts or conversations.
     *
     * @throws SqlTuneException if they can't be read
     */
    public Splits<TextRow> texts() {
        List<String> notes = new ArrayList<>();
        List<RowCount> counts = new ArrayList<>();
        List<TextRow> train = readIfGiven(ExampleSources.trainFile(settings), notes, counts);
        List<TextRow> validation = readIfGiven(settings.validationFile(), notes, counts);
        List<TextRow> test = readIfGiven(settings.testFile(), notes, counts);
        Split<TextRow> parts = limited(train, validation, row -> "", notes);
        return new Splits<>(parts.train(), parts.validation(), test, notes, counts);
    }

    private ColumnMapping mapping() {
        return new ColumnMapping(settings.source().columns());
    }

    private List<TextRow> readIfGiven(@Nullable Path file, List<String> notes, List<RowCount> counts) {
        if (file == null) {
            return List.of();
        }
        Intake intake = new Intake(file, settings.source().skipBad());
        List<TextRow> rows = TextRowsFile.read(file, mapping(), intake);
        counts.add(intake.count(rows.size()));
        notes.addAll(intake.notes());
        return rows;
    }

    /** @param stratum the stratum of an example; both parts get the same share of it; empty if the example has none */
    private <T> Split<T> limited(List<T> train, List<T> validation, Function<T, String> stratum, List<String> notes) {
        Split<T> parts = new Split<>(train, validation);
        if (validation.isEmpty() && !train.isEmpty() && settings.validationSplit() > 0) {
            boolean stratified = new Stratification(settings.stratifyBy()).canStratify(train, stratum, notes);
            SeededSplit split = new SeededSplit(settings.validationSplit(), seed);
            parts = stratified ? split.stratified(train, stratum) : split.random(train);
            notes.add(parts.validation().size() + " of " + train.size()
                    + " training examples are held out for validation (validation_split "
                    + settings.validationSplit() + ", seed " + seed + ").");
        }
        return new Split<>(
                atMost(settings.maxTrainSamples(), parts.train(), "training", notes),
                atMost(settings.maxEvalSamples(), parts.validation(), "validation", notes));
    }

    /** Draws a random sample in the set's order; the first examples would cover only the first few databases. */
    private <T> List<T> atMost(@Nullable Integer limit, List<T> items, String use, List<String> notes) {
        if (limit == null || items.size() <= limit) {
            return items;
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        notes.add(limit + " of " + items.size() + " " + use + " examples are used, chosen by seed " + seed + ".");
        return order.subList(0, limit).stream().sorted().map(items::get).toList();
    }
}
