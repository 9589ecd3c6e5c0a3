package org.sqltune.data.pretraining;

import java.util.stream.Collectors;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/** The prompt form {@code inst} with {@code TABLE} schemas, the one in which the small model is trained. */
final class PretrainingPrompt {
    private PretrainingPrompt() {}

    /** What all questions of a schema share. */
    static String prefix(Schema schema) {
        String tables = schema.tables().stream()
                .map(table -> "TABLE: " + table.name() + " ( " + columns(table) + " )\n")
                .collect(Collectors.joining());
        return "[INST] Write the SQL query.\nSchema:\n" + tables + "Question: ";
    }

    /** The question with what closes the prompt. */
    static String branch(String question) {
        return question + " [/INST]";
    }

    private static String columns(Table table) {
        return table.columns().stream().map(PretrainingPrompt::column).collect(Collectors.joining(", "));
    }

    private static String column(Column column) {
        return column.name() + " (" + column.type() + ")";
    }
}
