package org.sqltune.workflow.answer;

import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.FolderLock;
import org.sqltune.inference.AdapterSwitch;
import org.sqltune.inference.PromptFile;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.prompt.ModelPrompts;

/** The prompts that {@link Answers} would send to a model. */
public final class AnswerPrompts {
    private final AnswerRequest request;
    private final ModelPrompts prompts;
    private final AskedTables tables;

    AnswerPrompts(AnswerRequest request, ModelPrompts prompts, AskedTables tables) {
        this.request = request;
        this.prompts = prompts;
        this.tables = tables;
    }

    /**
     * Returns the prompt of one question.
     *
     * @throws org.sqltune.core.config.ConfigException if the request named no tables
     */
    public String prompt(String question) {
        return prompts.prompt(ModelPrompts.question("1", question, tables.one()));
    }

    /**
     * Writes the prompts of a file of questions, see {@link PromptFile}.
     *
     * @param output the output file; null to write to {@code otherwise}
     * @param otherwise is flushed, not closed
     */
    public void writeFile(Path questions, @Nullable Path output, Writer otherwise) {
        if (output == null) {
            file().write(questions, otherwise);
            return;
        }
        Path target = output;
        FolderLock.whileWriting(target, "--output", () -> {
            file().write(questions, target);
            return target;
        });
    }

    private PromptFile file() {
        Set<String> adapters = new LinkedHashSet<>(request.adapters().keySet());
        Path adapter = request.model().adapter();
        if (adapter != null) {
            adapters.add(TextToSql.nameOf(adapter));
        }
        adapters.add(AdapterSwitch.BASE);
        return new PromptFile(prompts, adapters, tables::of);
    }
}
