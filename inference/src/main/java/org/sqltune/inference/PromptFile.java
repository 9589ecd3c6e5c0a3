package org.sqltune.inference;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.text.Failures;
import org.sqltune.inference.prompt.ModelPrompts;

/**
 * What a model is asked for a file of questions, without asking it: JSON Lines of {@code {"id", "prompt"}}, in the
 * questions' order.
 */
public final class PromptFile {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ModelPrompts prompts;
    private final Set<String> adapters;
    private final Function<String, Optional<SchemaContent>> schemas;

    /**
     * @param prompts writes the prompts
     * @param adapters what rows may name as their adapter
     * @param schemas as {@link BatchInference} takes them
     */
    public PromptFile(ModelPrompts prompts, Set<String> adapters, Function<String, Optional<SchemaContent>> schemas) {
        this.prompts = prompts;
        this.adapters = Set.copyOf(adapters);
        this.schemas = schemas;
    }

    /**
     * Writes the prompts of a file's questions.
     *
     * @param questions as {@link BatchInference} takes them
     * @param out gets the prompts; flushed, not closed
     * @throws SqlTuneException if the file or a row of it is broken, or {@code out} fails
     */
    public void write(Path questions, Writer out) {
        List<AskedQuestion> asked = read(questions);
        try {
            write(asked, out);
        } catch (IOException e) {
            throw new SqlTuneException("Can't write the prompts of " + questions + ": " + Failures.reason(e), e);
        }
    }

    /**
     * Writes the prompts of a file's questions into another, which is there only once it is whole.
     *
     * @throws SqlTuneException if the questions are broken or {@code output} can't be written
     */
    public void write(Path questions, Path output) {
        List<AskedQuestion> asked = read(questions);
        AtomicFiles.write(output, stream -> write(asked, new OutputStreamWriter(stream, StandardCharsets.UTF_8)));
    }

    private List<AskedQuestion> read(Path questions) {
        return new QuestionFile(questions, schemas, adapters).read();
    }

    private void write(List<AskedQuestion> asked, Writer out) throws IOException {
        for (AskedQuestion each : asked) {
            ObjectNode row = MAPPER.createObjectNode()
                    .put("id", each.question().id())
                    .put("prompt", prompts.prompt(each.adapter(), each.question()));
            out.write(MAPPER.writeValueAsString(row));
            out.write('\n');
        }
        out.flush();
    }
}
