package org.sqltune.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.MixPart;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.data.chat.TextRow;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.split.Mixture;
import org.sqltune.data.split.Splits;
import org.sqltune.training.loop.TrainingPipeline.RunData;

/** Mixes the data sets of {@code data.mix}, each of which is read separately. */
final class MixedSets {
    private static final String NO_EXECUTION =
            "Answers aren't executed: several data sets of the mixture have another database of the same name.";

    private final DataSettings settings;
    private final long seed;

    /**
     * @param settings has the data sets and their weights
     * @param seed the random seed
     */
    MixedSets(DataSettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
    }

    /** Mixes rows as files contain them. */
    Splits<TextRow> rows(List<Splits<TextRow>> parts) {
        return mixed(mixture(parts), parts, parts, TextRow::id, TextRow::withId);
    }

    /** Mixes the data of a run. Questions are scored if data sets have them, and executed if these have databases. */
    RunData runData(List<RunData> parts) {
        List<Splits<PromptCompletion>> prompts =
                parts.stream().map(RunData::prompts).toList();
        Mixture mixture = mixture(prompts);
        Splits<PromptCompletion> mixedPrompts =
                mixed(mixture, prompts, prompts, PromptCompletion::id, MixedSets::renamed);
        if (parts.stream().allMatch(part -> part.questions() == null)) {
            return new RunData(mixedPrompts, null, null);
        }
        List<Splits<Example>> questions = parts.stream()
                .map(part -> Objects.requireNonNullElse(part.questions(), new Splits<Example>(List.of(), List.of())))
                .toList();
        List<MixedDatabases.Part> databases =
                parts.stream().flatMap(MixedSets::databases).toList();
        Optional<QueryDatabases> all = MixedDatabases.of(databases);
        return new RunData(
                all.isPresent() ? mixedPrompts : mixedPrompts.withNote(NO_EXECUTION),
                mixed(mixture, questions, prompts, Example::id, Example::withId),
                databases.isEmpty() ? null : all.orElse(null));
    }

    private static Stream<MixedDatabases.Part> databases(RunData part) {
        QueryDatabases databases = part.databases();
        Splits<Example> questions = part.questions();
        if (databases == null || questions == null) {
            return Stream.empty();
        }
        List<String> ids = questions.all().map(Example::databaseId).toList();
        return Stream.of(new MixedDatabases.Part(ids, databases));
    }

    private <T> Mixture mixture(List<Splits<T>> parts) {
        return new Mixture(
                settings.mix().stream().map(MixPart::name).toList(),
                settings.mix().stream().map(MixPart::weight).toList(),
                parts.stream().map(part -> part.train().size()).toList(),
                settings.maxTrainSamples(),
                seed);
    }

    /** @param noted the parts whose notes and counts the result has */
    private <T> Splits<T> mixed(
            Mixture mixture,
            List<Splits<T>> parts,
            List<? extends Splits<?>> noted,
            Function<T, String> id,
            BiFunction<T, String, T> renamed) {
        List<String> notes = new ArrayList<>();
        List<RowCount> counts = new ArrayList<>();
        noted.forEach(part -> {
            notes.addAll(part.notes());
            counts.addAll(part.counts());
        });
        notes.addAll(mixture.notes());
        List<List<T>> validation = parts.stream().map(Splits::validation).toList();
        return new Splits<>(
                mixture.train(parts.stream().map(Splits::train).toList(), id, renamed),
                atMost(settings.maxEvalSamples(), mixture.joined(validation, id, renamed)),
                mixture.joined(parts.stream().map(Splits::test).toList(), id, renamed),
                furtherTests(mixture, parts, id, renamed),
                notes,
                counts);
    }

    /** Joins further test sets of one name. */
    private static <T> Map<String, List<T>> furtherTests(
            Mixture mixture, List<Splits<T>> parts, Function<T, String> id, BiFunction<T, String, T> renamed) {
        Map<String, List<T>> joined = new LinkedHashMap<>();
        parts.stream()
                .flatMap(part -> part.furtherTests().keySet().stream())
                .forEach(name -> joined.computeIfAbsent(
                        name,
                        set -> mixture.joined(
                                parts.stream()
                                        .map(part -> part.furtherTests().getOrDefault(set, List.of()))
                                        .toList(),
                                id,
                                renamed)));
        return joined;
    }

    private <T> List<T> atMost(@Nullable Integer limit, List<T> items) {
        if (limit == null || items.size() <= limit) {
            return items;
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order.subList(0, limit).stream().sorted().map(items::get).toList();
    }

    private static PromptCompletion renamed(PromptCompletion prompt, String id) {
        return new PromptCompletion(id, prompt.prompt(), prompt.completion(), prompt.learned());
    }
}
