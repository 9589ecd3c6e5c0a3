package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.data.split.Splits;
import org.sqltune.data.statistics.DatasetStatistics.TokenSummary;
import org.sqltune.data.statistics.DatasetStatistics;
import org.sqltune.data.statistics.StatisticsPicture;
import org.sqltune.evaluation.QueryCategorizer;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.training.loop.TrainingPipeline.RunData;
import org.sqltune.workflow.RunDataReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data stats}: what a run's data is like, in the tokens of the run's model. */
@Command(
        name = "stats",
        description = "Counts examples, their tokens, what training.max_length cuts off and what shared schemas save.",
        footerHeading = "%nExample:%n",
        footer = "  sqltune data stats --config configs/spider/nano_lora.yaml training.max_length=256")
final class DataStatsCommand implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DataStatsCommand.class);

    private final Console console;
    private final RunDataReader reader;
    private final ModelFolders models;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Draw it, too: an SVG file, or an HTML page if the name ends in .html.")
    private @Nullable Path picture;

    DataStatsCommand(Console console, RunDataReader reader, ModelFolders models) {
        this.console = console;
        this.reader = reader;
        this.models = models;
    }

    @Override
    public void run() {
        RunConfig config = options.load();
        RunData data = reader.read(config);
        Splits<PromptCompletion> prompts = data.prompts();
        prompts.notes().forEach(log::info);
        Function<PromptCompletion, String> category = categories(data.questions());
        Function<PromptCompletion, String> hardness = hardness(data.questions());
        List<StatisticsPicture.Part> drawn = new ArrayList<>();
        Path folder = models.resolveTokenizer(config.model());
        try (Tokenizer tokenizer = Tokenizer.load(folder, DecoderConfigReader.read(folder))) {
            for (Part part : parts(prompts)) {
                if (!part.rows().isEmpty()) {
                    DatasetStatistics statistics = statistics(part.rows(), tokenizer, config, category);
                    Map<String, Integer> grades = grades(part.rows(), hardness);
                    print(part.name(), statistics, grades);
                    drawn.add(new StatisticsPicture.Part(part.name(), statistics, grades));
                }
            }
        }
        if (picture != null) {
            draw(picture, drawn);
        }
    }

    private void draw(Path file, List<StatisticsPicture.Part> parts) {
        String svg = StatisticsPicture.of(parts);
        boolean page = file.toString().endsWith(".html");
        AtomicFiles.writeString(
                file,
                page
                        ? "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Data</title>\n" + svg
                                + "</html>\n"
                        : svg);
        console.out().println(file);
    }

    /** By grade, from easy to extra; empty where nothing is known. */
    private static Map<String, Integer> grades(
            List<PromptCompletion> rows, Function<PromptCompletion, String> hardness) {
        Map<String, Integer> grades = new LinkedHashMap<>();
        for (QueryHardness grade : QueryHardness.values()) {
            int count = (int) rows.stream()
                    .filter(row -> hardness.apply(row).equals(grade.label()))
                    .count();
            if (count > 0) {
                grades.put(grade.label(), count);
            }
        }
        return grades;
    }

    private static Function<PromptCompletion, String> hardness(@Nullable Splits<Example> questions) {
        return byExample(questions, example -> QueryHardness.of(example.sql()).label());
    }

    /** Spider's dev set is both validation and test set, and the same twice says nothing more. */
    private static List<Part> parts(Splits<PromptCompletion> prompts) {
        Part train = new Part("train", prompts.train());
        return prompts.validation().equals(prompts.test())
                ? List.of(train, new Part("validation and test", prompts.test()))
                : List.of(train, new Part("validation", prompts.validation()), new Part("test", prompts.test()));
    }

    private record Part(String name, List<PromptCompletion> rows) {}

    private static DatasetStatistics statistics(
            List<PromptCompletion> rows,
            Tokenizer tokenizer,
            RunConfig config,
            Function<PromptCompletion, String> category) {
        int specialTokens = (tokenizer.special().bos() == null ? 0 : 1)
                + (tokenizer.special().eos() == null ? 0 : 1);
        return DatasetStatistics.of(
                rows,
                text -> tokenizer.encode(text).length,
                specialTokens,
                config.training().batches().maxLength(),
                category);
    }

    /** By the gold query's kind; ready prompts have no gold query of their own. */
    private static Function<PromptCompletion, String> categories(@Nullable Splits<Example> questions) {
        return byExample(questions, DataStatsCommand::category);
    }

    private static Function<PromptCompletion, String> byExample(
            @Nullable Splits<Example> questions, Function<Example, String> kind) {
        if (questions == null) {
            return row -> "prompts";
        }
        Map<String, String> byId = new HashMap<>();
        Stream.of(questions.train(), questions.validation(), questions.test())
                .flatMap(List::stream)
                .forEach(example -> byId.put(example.id(), kind.apply(example)));
        return row -> byId.getOrDefault(row.id(), "unknown");
    }

    private static String category(Example example) {
        return (example.category() == null ? QueryCategorizer.categorize(example.sql()) : example.category())
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private void print(String part, DatasetStatistics statistics, Map<String, Integer> hardness) {
        List<List<String>> lengths = new ArrayList<>();
        lengths.add(row("shared beginning", statistics.prefix()));
        lengths.add(row("question", statistics.question()));
        lengths.add(row("answer", statistics.completion()));
        lengths.add(row("whole", statistics.whole()));
        console.out().println(String.format(Locale.ROOT, "%s: %,d examples", part, statistics.examples()));
        console.out().println(Tables.draw(List.of("Tokens", "Mean", "Median", "95 %", "Most"), lengths));
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "longer than training.max_length %d: %,d, of which %,d have nothing left to learn",
                        statistics.maxLength(),
                        statistics.truncated(),
                        statistics.withoutTarget()));
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%,d tokens, %,d if each shared beginning is computed once (%.1f times fewer)",
                        statistics.tokens(),
                        statistics.tokensWithSharing(),
                        statistics.sharingRatio()));
        console.out().println("by kind: " + statistics.categories());
        if (!hardness.isEmpty()) {
            console.out().println("by hardness: " + hardness);
        }
        console.out().println();
    }

    private static List<String> row(String name, TokenSummary summary) {
        return List.of(
                name,
                String.format(Locale.ROOT, "%.1f", summary.mean()),
                String.format(Locale.ROOT, "%.1f", summary.median()),
                Integer.toString(summary.p95()),
                Integer.toString(summary.max()));
    }
}
