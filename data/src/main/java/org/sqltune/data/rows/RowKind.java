package org.sqltune.data.rows;

import java.nio.file.Path;

/** What a user's data file holds, told by the keys of its first row. */
public enum RowKind {
    /** {@code {"prompt", "completion"}}: text to train on as it is. */
    PROMPT_COMPLETION,
    /** {@code {"question", "schema", "sql"}}: questions that become prompts and can be scored. */
    QUESTION_SQL;

    /**
     * Looks at the first row of a file.
     *
     * @throws org.sqltune.core.SqlTuneException if the file is missing or empty, or the row is of neither kind
     */
    public static RowKind of(Path file) {
        return of(file, ColumnMapping.IDENTITY);
    }

    /** The same for files whose fields have other names. */
    public static RowKind of(Path file, ColumnMapping mapping) {
        JsonRow first = RowFiles.first(file, mapping.wanted());
        String prompt = mapping.name("prompt");
        String completion = mapping.name("completion");
        String question = mapping.name("question");
        String sql = mapping.name("sql");
        if (first.has(prompt) && first.has(completion)) {
            return PROMPT_COMPLETION;
        }
        if (first.has(question) && first.has(sql)) {
            return QUESTION_SQL;
        }
        // A value that is missing in the first row is that row's fault, not the file's.
        if (first.mentions(question) && first.mentions(sql)) {
            return QUESTION_SQL;
        }
        if (first.mentions(prompt) && first.mentions(completion)) {
            return PROMPT_COMPLETION;
        }
        throw first.fault("the keys " + first.keys()
                + " name no known kind of row; use prompt and completion, or question, schema and sql, or say"
                + " what yours are called: data.columns.question=…");
    }
}
