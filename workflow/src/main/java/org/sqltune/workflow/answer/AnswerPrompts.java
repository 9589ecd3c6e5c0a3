package org.sqltune.workflow.answer;

import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.inference.AdapterSwitch;
import org.sqltune.inference.ModelPrompts;
import org.sqltune.inference.PromptFile;
import org.sqltune.inference.TextToSql;

/** What a model would be asked, as {@link Answers} asks it. */
public final class AnswerPrompts {
    private final AnswerRequest request;
    private final ModelPrompts prompts;
    private final @Nullable SchemaContent schema;

    AnswerPrompts(AnswerRequest request, ModelPrompts prompts, @Nullable SchemaContent schema) {
        this.request = request;
        this.prompts = prompts;
        this.schema = schema;
    }

    /**
     * The prompt of one question.
     *
     * @throws org.sqltune.core.config.ConfigException if the request named no tables
     */
    public String prompt(String question) {
        request.requireTables();
        SchemaContent tables = Objects.requireNonNull(schema, "follows from the request");
        return prompts.prompt(ModelPrompts.question("1", question, tables));
    }

    /** Writes the prompts of a file of questions, as {@link PromptFile} does. */
    public void writeFile(Path questions, Path output) {
        file().write(questions, output);
    }

    /** As {@link #writeFile(Path, Path)}, into {@code output}, which stays open. */
    public void writeFile(Path questions, Writer output) {
        file().write(questions, output);
    }

    private PromptFile file() {
        Set<String> adapters = new LinkedHashSet<>(request.adapters().keySet());
        Path adapter = request.model().adapter();
        if (adapter != null) {
            adapters.add(TextToSql.nameOf(adapter));
        }
        adapters.add(AdapterSwitch.BASE);
        return new PromptFile(prompts, adapters, schema);
    }
}
