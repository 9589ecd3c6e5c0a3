package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.synthesis.demo.DemoQuestions;
import org.sqltune.synthesis.pretraining.NaturalFolder;
import org.sqltune.synthesis.pretraining.NaturalMix;
import org.sqltune.synthesis.pretraining.NaturalMix.NaturalPair;
import org.sqltune.synthesis.pretraining.PretrainingCorpus;
import org.sqltune.synthesis.pretraining.PretrainingCurriculum;
import org.sqltune.synthesis.pretraining.PretrainingSettings;
import org.sqltune.synthesis.pretraining.PretrainingStage;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.TaskListener;

/** Writes questions and SQL over invented schemas, for training a small model from scratch. */
public final class WriteCorpus {
    private static final Logger log = LoggerFactory.getLogger(WriteCorpus.class);

    /**
     * A corpus request.
     *
     * @param output the JSONL file of prompts and completions
     * @param examples number of generated questions; those of {@code borrowed} are added
     * @param questionsPerSchema number of questions that share a schema
     * @param stage a single difficulty; null to progress from easy to hard
     * @param borrowed a file of prompts and completions in the form {@code inst}, mixed with the generated ones after
     *     the easiest phase; null for none
     * @param natural folders of natural questions ({@link NaturalFolder}), mixed half and half with the generated
     *     ones; schema formats then vary, and questions have value links; may be empty
     * @param excluded files with rows whose {@code question} is excluded; the demo's questions always are
     * @param heldOut the output file for the held-out questions of one database in forty; null to drop them
     * @param seed the random seed; equal requests give equal files
     */
    public record Request(
            Path output,
            long examples,
            int questionsPerSchema,
            @Nullable PretrainingStage stage,
            @Nullable Path borrowed,
            List<Path> natural,
            List<Path> excluded,
            @Nullable Path heldOut,
            long seed) {
        public Request {
            natural = List.copyOf(natural);
            excluded = List.copyOf(excluded);
        }

        /** Creates a request without natural questions. */
        public Request(
                Path output,
                long examples,
                int questionsPerSchema,
                @Nullable PretrainingStage stage,
                @Nullable Path borrowed,
                long seed) {
            this(output, examples, questionsPerSchema, stage, borrowed, List.of(), List.of(), null, seed);
        }

        /** The default number of questions. */
        public static final long DEFAULT_EXAMPLES = 100_000;

        /** The default number of questions per schema. */
        public static final int DEFAULT_QUESTIONS_PER_SCHEMA = 12;

        /** The default seed. */
        public static final long DEFAULT_SEED = 1;

        /** Returns a request for a corpus of the default size, from easy to hard. */
        public static Request to(Path output) {
            return new Request(output, DEFAULT_EXAMPLES, DEFAULT_QUESTIONS_PER_SCHEMA, null, null, DEFAULT_SEED);
        }
    }

    /**
     * The written corpus.
     *
     * @param file the corpus
     * @param rows number of its rows
     */
    public record Result(Path file, long rows) {}

    /**
     * Writes the corpus.
     *
     * @param listener notified after each example
     * @throws ConfigException if a number is out of range, a file or folder is missing, or both borrowed and natural
     *     questions are given; then nothing was written
     * @throws SqlTuneException if the borrowed file can't be read or the corpus can't be written
     */
    public Result run(Request request, TaskListener listener) {
        PretrainingSettings settings = settings(request);
        check(request);
        return FolderLock.whileWriting(request.output(), "--output", () -> write(request, settings, listener));
    }

    private static Result write(Request request, PretrainingSettings settings, TaskListener listener) {
        ProgressListener progress = listener.began("Writing the corpus");
        List<PromptCompletion> borrowed =
                request.borrowed() == null ? List.of() : PromptCompletionFile.read(request.borrowed());
        NaturalMix natural = natural(request);
        PretrainingCorpus corpus = request.natural().isEmpty()
                ? new PretrainingCorpus(settings, borrowed)
                : new PretrainingCorpus(settings, natural);
        long size = corpus.roughSize();
        long[] rows = {0};
        if (request.heldOut() != null) {
            PromptCompletionFile.write(request.heldOut(), corpus.heldOut());
        }
        corpus.writeTo(request.output(), done -> {
            rows[0] = done;
            progress.advanced(Math.min(done, size), size, "");
        });
        if (!borrowed.isEmpty() && rows[0] == request.examples()) {
            log.warn(
                    "No borrowed question is in {}: they are mixed in once the easiest phase is over, and not where one"
                            + " stage is taken throughout",
                    request.output());
        }
        return new Result(request.output(), rows[0]);
    }

    private static void check(Request request) {
        NamedPaths paths = new NamedPaths().file("--borrow", request.borrowed());
        request.natural().forEach(folder -> paths.folder("--natural", folder));
        request.excluded().forEach(file -> paths.file("--exclude", file));
        paths.check();
        if (request.borrowed() != null && !request.natural().isEmpty()) {
            throw new ConfigException(
                    "corpus",
                    List.of("--borrow and --natural are both given: give one; --natural takes Spider's folder too"));
        }
    }

    private static NaturalMix natural(Request request) {
        List<NaturalPair> pairs = new ArrayList<>();
        request.natural().forEach(folder -> pairs.addAll(NaturalFolder.read(folder)));
        List<String> excluded = new ArrayList<>(DemoQuestions.texts());
        request.excluded()
                .forEach(file ->
                        RowFiles.forEach(file, RowFaults.STRICT, row -> excluded.add(row.filledText("question"))));
        return NaturalMix.of(pairs, excluded);
    }

    private static PretrainingSettings settings(Request request) {
        PretrainingStage stage = request.stage();
        PretrainingCurriculum curriculum = stage != null ? PretrainingCurriculum.only(stage) : curriculum(request);
        try {
            return new PretrainingSettings(
                    curriculum, request.examples(), request.questionsPerSchema(), request.seed());
        } catch (SqlTuneException outOfRange) {
            throw new ConfigException("corpus", List.of(String.valueOf(outOfRange.getMessage())));
        }
    }

    private static PretrainingCurriculum curriculum(Request request) {
        return request.natural().isEmpty()
                ? PretrainingCurriculum.standard()
                : PretrainingCurriculum.standard(request.examples());
    }
}
