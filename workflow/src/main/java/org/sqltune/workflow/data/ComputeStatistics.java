package org.sqltune.workflow.data;

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
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.facts.QueryFacts;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.data.split.Splits;
import org.sqltune.data.statistics.DatasetStatistics;
import org.sqltune.data.statistics.StatisticsPicture;
import org.sqltune.data.statistics.StatisticsPicture.Part;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.training.loop.TrainingPipeline.RunData;
import org.sqltune.workflow.RunDataReader;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Computes statistics of a run's data in tokens of the run's model. */
public final class ComputeStatistics {
    private static final Logger log = LoggerFactory.getLogger(ComputeStatistics.class);

    private final RunDataReader reader;
    private final ModelFolders models;

    /** @param workspace reads the data and finds the model of configurations */
    public ComputeStatistics(Workspace workspace) {
        reader = workspace.data();
        models = workspace.models();
    }

    /**
     * A request for statistics.
     *
     * @param config the configuration with data, model and {@code training.max_length}
     * @param picture an SVG file, or an HTML page if the name ends in {@code .html}; null for none
     */
    public record Request(RunConfig config, @Nullable Path picture) {
        /** Returns a request without a picture. */
        public static Request of(RunConfig config) {
            return new Request(config, null);
        }
    }

    /**
     * The statistics.
     *
     * @param parts the statistics of each non-empty part; a test set that equals the validation set is listed once
     * @param picture the picture; null if none was requested
     */
    public record Result(List<Part> parts, @Nullable Path picture) {
        public Result {
            parts = List.copyOf(parts);
        }
    }

    /** A part of the data. */
    private record Rows(String name, List<PromptCompletion> rows) {}

    /**
     * Computes the statistics and draws the picture if requested. Logs remarks about the data.
     *
     * @param listener notified after each part
     * @throws org.sqltune.core.SqlTuneException if data or tokenizer can't be read, or the picture can't be written
     */
    public Result run(Request request, TaskListener listener) {
        ProgressListener progress = listener.began("Counting");
        RunConfig config = request.config();
        RunData data = reader.read(config);
        data.prompts().notes().forEach(log::info);
        Function<PromptCompletion, String> category = byExample(data.questions(), ComputeStatistics::category);
        Function<PromptCompletion, String> hardness = byExample(
                data.questions(), example -> QueryHardness.of(example.sql()).label());
        List<Part> parts = new ArrayList<>();
        List<Rows> all = parts(data.prompts());
        Path folder = models.resolveTokenizer(config.model());
        try (Tokenizer tokenizer = Tokenizer.load(folder, DecoderConfigReader.read(folder))) {
            for (Rows part : all) {
                DatasetStatistics figures = statistics(part.rows(), tokenizer, config, category);
                parts.add(new Part(part.name(), figures, grades(part.rows(), hardness)));
                progress.advanced(parts.size(), all.size(), part.name());
            }
        }
        if (request.picture() != null) {
            draw(request.picture(), parts);
        }
        return new Result(parts, request.picture());
    }

    private static List<Rows> parts(Splits<PromptCompletion> prompts) {
        Rows train = new Rows("train", prompts.train());
        Stream<Rows> heldOut =
                prompts.heldOut().entrySet().stream().map(set -> new Rows(prompts.title(set.getKey()), set.getValue()));
        return Stream.concat(Stream.of(train), heldOut)
                .filter(part -> !part.rows().isEmpty())
                .toList();
    }

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

    /** Returns the number of rows by hardness, from easy to extra; empty if it isn't known. */
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

    /** Maps prompts to a property of their gold query; empty for ready prompts, which have no gold query. */
    private static Function<PromptCompletion, String> byExample(
            @Nullable Splits<Example> questions, Function<Example, String> kind) {
        if (questions == null) {
            return row -> "prompts";
        }
        Map<String, String> byId = new HashMap<>();
        questions.all().forEach(example -> byId.put(example.id(), kind.apply(example)));
        return row -> byId.getOrDefault(row.id(), "unknown");
    }

    private static String category(Example example) {
        return (example.category() == null ? QueryFacts.categoryOf(example.sql()) : example.category())
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private static void draw(Path file, List<Part> parts) {
        String svg = StatisticsPicture.of(parts);
        AtomicFiles.writeString(
                file,
                file.toString().endsWith(".html")
                        ? "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Data</title>\n" + svg
                                + "</html>\n"
                        : svg);
    }
}
