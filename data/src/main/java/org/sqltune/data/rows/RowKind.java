package org.sqltune.data.rows;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The kind of rows in a user's data file, determined by the keys of its first row. */
public enum RowKind {
    /** {@code {"prompt", "completion"}}: texts, or lists of messages, that are trained on unchanged. */
    PROMPT_COMPLETION,
    /** {@code {"messages"}} or {@code {"conversations"}}: a conversation to train on. */
    MESSAGES,
    /** {@code {"instruction", "input", "output"}}: texts to train on. */
    INSTRUCTION,
    /** {@code {"question", "schema", "sql"}}: questions that become prompts and can be scored. */
    QUESTION_SQL;

    /**
     * Determines the kind by the first row of a file.
     *
     * @throws org.sqltune.core.SqlTuneException if the file is missing or empty, or the row has no known kind
     */
    public static RowKind of(Path file) {
        return of(file, ColumnMapping.IDENTITY);
    }

    /** Determines the kind for files with other field names. */
    public static RowKind of(Path file, ColumnMapping mapping) {
        JsonRow first = RowFiles.first(file, mapping.wanted());
        RowKind kind = of(first, mapping);
        if (kind != null) {
            return kind;
        }
        String prompt = mapping.name("prompt");
        String completion = mapping.name("completion");
        String question = mapping.name("question");
        String sql = mapping.name("sql");
        // A missing value in the first row is a fault of the row, not of the file.
        if (first.mentions(question) && first.mentions(sql)) {
            return QUESTION_SQL;
        }
        if (first.mentions(prompt) && first.mentions(completion)) {
            return PROMPT_COMPLETION;
        }
        throw first.fault("the keys " + first.keys()
                + " name no known kind of row; use question, schema and sql, prompt and completion, messages, or"
                + " instruction, input and output, or say what yours are called: data.columns.question=…");
    }

    /** Returns the kind of a row by its keys; null if it is unknown. */
    public static @Nullable RowKind of(JsonRow row, ColumnMapping mapping) {
        if (row.has(mapping.name("prompt")) && row.has(mapping.name("completion"))) {
            return PROMPT_COMPLETION;
        }
        if (row.has(mapping.name("messages")) || row.has(mapping.name("conversations"))) {
            return MESSAGES;
        }
        if (row.has(mapping.name("question")) && row.has(mapping.name("sql"))) {
            return QUESTION_SQL;
        }
        return row.has(mapping.name("instruction")) && row.has(mapping.name("output")) ? INSTRUCTION : null;
    }

    /** Returns whether rows are trained on unchanged, since they aren't questions that can be scored. */
    public boolean isText() {
        return this != QUESTION_SQL;
    }
}
