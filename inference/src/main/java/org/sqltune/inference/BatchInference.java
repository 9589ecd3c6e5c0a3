package org.sqltune.inference;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.SchemaContent;

/**
 * Answers a {@link QuestionFile}. All questions go to the predictor in one batch, so that those of one schema share the
 * work on it. Answers are JSON Lines of {@code {"id", "question", "sql", "seconds"}}, in the questions' order.
 */
public final class BatchInference {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final SqlPredictor predictor;
    private final @Nullable SchemaContent defaultSchema;

    /**
     * @param predictor answers
     * @param defaultSchema for questions without a schema of their own; null if each has to have one
     */
    public BatchInference(SqlPredictor predictor, @Nullable SchemaContent defaultSchema) {
        this.predictor = predictor;
        this.defaultSchema = defaultSchema;
    }

    /**
     * Answers a file's questions. Every row is checked before the first is asked.
     *
     * @param questions JSON Lines, see {@link QuestionFile}
     * @param out gets the answers; flushed, not closed
     * @param progress told after each answer
     * @return the answers
     * @throws SqlTuneException if the file or a row of it is broken, or {@code out} fails
     */
    public List<SqlPrediction> run(Path questions, Writer out, ProgressListener progress) {
        List<SqlQuestion> asked = new QuestionFile(questions, defaultSchema).read();
        List<SqlPrediction> answers = predictor.predict(asked, progress);
        try {
            write(asked, answers, out);
        } catch (IOException e) {
            throw new SqlTuneException("Can't write the answers to " + questions + ": " + e.getMessage(), e);
        }
        return answers;
    }

    /**
     * Answers a file's questions into another, which is there only once it is whole.
     *
     * @param questions JSON Lines, see {@link QuestionFile}
     * @param output where the answers go; missing parent folders are made
     * @param progress told after each answer
     * @return the answers
     * @throws SqlTuneException if the questions are broken or {@code output} can't be written, which is found out before
     *     the first is asked
     */
    public List<SqlPrediction> run(Path questions, Path output, ProgressListener progress) {
        List<SqlQuestion> asked = new QuestionFile(questions, defaultSchema).read();
        requireWritable(output);
        List<SqlPrediction> answers = predictor.predict(asked, progress);
        AtomicFiles.write(output, stream -> {
            Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            write(asked, answers, out);
        });
        return answers;
    }

    private static void write(List<SqlQuestion> questions, List<SqlPrediction> answers, Writer out) throws IOException {
        for (int i = 0; i < questions.size(); i++) {
            ObjectNode row = MAPPER.createObjectNode();
            row.put("id", questions.get(i).id());
            row.put("question", questions.get(i).question());
            row.put("sql", answers.get(i).sql());
            row.put("seconds", Math.round(answers.get(i).seconds() * 1e3) / 1e3);
            out.write(MAPPER.writeValueAsString(row));
            out.write('\n');
        }
        out.flush();
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
