package org.sqltune.inference;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.sql.explain.QueryExplanation;
import org.sqltune.core.text.Failures;

/**
 * Answers a file of questions. All questions go to the predictor in one batch for each adapter, so that those of one
 * schema share the work on it. Answers are JSON Lines of {@code {"id", "question", "sql", "seconds"}}, in the questions' order; those
 * that end only because no more tokens were allowed have {@code "cut": true}.
 */
public final class BatchInference {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final SqlPredictor predictor;
    private final AdapterSwitch adapters;
    private final Function<String, Optional<SchemaContent>> schemas;
    private final boolean explains;

    /**
     * @param predictor answers
     * @param defaultSchema for questions without a schema of their own; null if each has to have one
     */
    public BatchInference(SqlPredictor predictor, @Nullable SchemaContent defaultSchema) {
        this(predictor, AdapterSwitch.NONE, defaultSchema);
    }

    /**
     * As {@link #BatchInference(SqlPredictor, SchemaContent)}, for rows that name their adapter.
     *
     * @param predictor answers with the adapter in use
     * @param adapters what rows may name; what was in use before answers the others, and is in use again in the end
     */
    public BatchInference(SqlPredictor predictor, AdapterSwitch adapters, @Nullable SchemaContent defaultSchema) {
        this(predictor, adapters, databaseId -> Optional.ofNullable(defaultSchema));
    }

    /**
     * As {@link #BatchInference(SqlPredictor, AdapterSwitch, SchemaContent)}, for rows that name their database.
     *
     * @param schemas the schema of rows without one, by their {@code db_id}, which may be empty; none if there is no such
     *     database
     */
    public BatchInference(
            SqlPredictor predictor, AdapterSwitch adapters, Function<String, Optional<SchemaContent>> schemas) {
        this(predictor, adapters, schemas, false);
    }

    private BatchInference(
            SqlPredictor predictor,
            AdapterSwitch adapters,
            Function<String, Optional<SchemaContent>> schemas,
            boolean explains) {
        this.predictor = predictor;
        this.adapters = adapters;
        this.schemas = schemas;
        this.explains = explains;
    }

    /** The same, where rows also say in words what their SQL does, as {@code explanation}. */
    public BatchInference explained() {
        return new BatchInference(predictor, adapters, schemas, true);
    }

    /**
     * Answers a file's questions. Every row is checked before the first is asked.
     *
     * @param questions JSON Lines of {@code {"question"}}, where {@code schema}, {@code id}, {@code db_id} and {@code adapter} may be
     *     there as well
     * @param out gets the answers; flushed, not closed
     * @param progress told after each answer
     * @return the answers
     * @throws SqlTuneException if the file or a row of it is broken, or {@code out} fails
     */
    public List<SqlPrediction> run(Path questions, Writer out, ProgressListener progress) {
        List<AskedQuestion> asked = read(questions);
        List<SqlPrediction> answers = answer(asked, progress);
        try {
            write(asked, answers, out);
        } catch (IOException e) {
            throw new SqlTuneException("Can't write the answers to " + questions + ": " + Failures.reason(e), e);
        }
        return answers;
    }

    /**
     * Answers a file's questions into another, which is there only once it is whole.
     *
     * @param questions JSON Lines of {@code {"question"}}, where {@code schema}, {@code id}, {@code db_id} and {@code adapter} may be
     *     there as well
     * @param output where the answers go; missing parent folders are made
     * @param progress told after each answer
     * @return the answers
     * @throws SqlTuneException if the questions are broken or {@code output} can't be written, which is found out before
     *     the first is asked
     */
    public List<SqlPrediction> run(Path questions, Path output, ProgressListener progress) {
        List<AskedQuestion> asked = read(questions);
        requireWritable(output);
        List<SqlPrediction> answers = answer(asked, progress);
        AtomicFiles.write(output, stream -> {
            Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            write(asked, answers, out);
        });
        return answers;
    }

    private List<AskedQuestion> read(Path questions) {
        return new QuestionFile(questions, schemas, adapters.names()).read();
    }

    private List<SqlPrediction> answer(List<AskedQuestion> asked, ProgressListener progress) {
        String usual = adapters.active();
        Map<String, List<Integer>> byAdapter = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            String named = asked.get(i).adapter();
            byAdapter
                    .computeIfAbsent(named == null ? usual : named, name -> new ArrayList<>())
                    .add(i);
        }
        SqlPrediction[] answers = new SqlPrediction[asked.size()];
        try {
            int before = 0;
            for (Map.Entry<String, List<Integer>> group : byAdapter.entrySet()) {
                adapters.use(group.getKey());
                answer(asked, group.getValue(), answers, offset(progress, before, asked.size()));
                before += group.getValue().size();
            }
        } finally {
            adapters.use(usual);
        }
        return List.of(answers);
    }

    private void answer(
            List<AskedQuestion> asked, List<Integer> which, SqlPrediction[] answers, ProgressListener progress) {
        List<SqlQuestion> questions =
                which.stream().map(index -> asked.get(index).question()).toList();
        List<SqlPrediction> found = predictor.predict(questions, progress);
        for (int i = 0; i < found.size(); i++) {
            answers[which.get(i)] = found.get(i);
        }
    }

    private static ProgressListener offset(ProgressListener progress, int before, int total) {
        return (done, ofGroup, message) -> progress.advanced(before + done, total, message);
    }

    private void write(List<AskedQuestion> questions, List<SqlPrediction> answers, Writer out) throws IOException {
        for (int i = 0; i < questions.size(); i++) {
            ObjectNode row = MAPPER.createObjectNode();
            row.put("id", questions.get(i).question().id());
            row.put("question", questions.get(i).question().question());
            row.put("sql", answers.get(i).sql());
            row.put("seconds", Math.round(answers.get(i).seconds() * 1e3) / 1e3);
            Double confidence = answers.get(i).confidence();
            if (confidence != null) {
                row.put("confidence", Math.round(confidence * 1e3) / 1e3);
            }
            if (answers.get(i).cut()) {
                row.put("cut", true);
            }
            if (explains) {
                row.put("explanation", explanation(questions.get(i).question(), answers.get(i)));
            }
            out.write(MAPPER.writeValueAsString(row));
            out.write('\n');
        }
        out.flush();
    }

    private static String explanation(SqlQuestion question, SqlPrediction answer) {
        Schema schema = question.schema() instanceof Schema known ? known : null;
        return String.join("\n", QueryExplanation.of(answer.sql(), schema));
    }

    /** A batch may take hours: that its answers can't be stored must show before. */
    private static void requireWritable(Path output) {
        Path folder = output.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (Files.isDirectory(output) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new SqlTuneException("Can't write " + output + ": name a file in a folder that you may write to");
        }
    }
}
