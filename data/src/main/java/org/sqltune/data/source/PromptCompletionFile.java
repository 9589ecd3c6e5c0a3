package org.sqltune.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.chat.TextRow;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.data.rows.UniqueIds;

/**
 * Reads and writes JSON Lines of {@code {"prompt", "completion"}}, which TRL calls <a
 * href="https://huggingface.co/docs/trl/dataset_formats">prompt-completion</a>. A row may have an {@code id}.
 */
public final class PromptCompletionFile {
    private PromptCompletionFile() {}

    /**
     * Reads a file.
     *
     * @throws org.sqltune.core.SqlTuneException if it is missing or empty, or a row is broken; the message names file
     *     and line
     */
    public static List<PromptCompletion> read(Path file) {
        return read(file, ColumnMapping.IDENTITY, RowFaults.STRICT);
    }

    /** Reads a file with other field names; {@code faults} receives broken rows. */
    public static List<PromptCompletion> read(Path file, ColumnMapping mapping, RowFaults faults) {
        List<PromptCompletion> rows = new ArrayList<>();
        UniqueIds ids = new UniqueIds(mapping.name("id"));
        RowFiles.forEach(
                file,
                mapping.wanted(),
                faults,
                row -> rows.add(new PromptCompletion(
                        ids.of(row),
                        row.filledText(mapping.name("prompt")),
                        row.filledText(mapping.name("completion")))));
        return rows;
    }

    /**
     * Writes a file, one row per line with {@code id}, {@code prompt} and {@code completion}.
     *
     * @throws org.sqltune.core.SqlTuneException if it can't be written; an existing file stays
     */
    public static void write(Path file, List<PromptCompletion> rows) {
        TextRowsFile.write(
                file,
                rows.stream().map(each -> new TextRow.Texts(each, each.id())).toList());
    }
}
