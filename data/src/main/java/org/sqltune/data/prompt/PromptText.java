package org.sqltune.data.prompt;

import java.util.stream.Collectors;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.SqlIdentifiers;

/** Writes parts of prompts. */
final class PromptText {
    private PromptText() {}

    /** Returns a heading with its text and a line break; empty if there is no text. */
    static String section(String heading, String text) {
        return text.isEmpty() ? "" : heading + text + "\n";
    }

    /** Returns the question, and on a separate line its evidence. */
    static String question(SqlQuestion question) {
        String evidence = question.context().evidence().strip();
        return question.question().strip() + (evidence.isEmpty() ? "" : "\nEvidence: " + evidence);
    }

    /**
     * Returns the line {@code Values: accounts.account_type = 'savings', customers.city = 'Berlin'}: values of the
     * database that the question seems to mention, in the form of conditions. Empty if there are none.
     *
     * @param most the maximal number of values
     */
    static String values(SqlQuestion question, int most) {
        return section("Values: ", conditions(question, most));
    }

    /** Returns only the conditions of {@link #values}. */
    static String conditions(SqlQuestion question, int most) {
        return question.context().values().stream()
                .limit(most)
                .map(PromptText::condition)
                .collect(Collectors.joining(", "));
    }

    private static String condition(ValueLink link) {
        String value = link.number() ? link.value() : "'" + link.value().replace("'", "''") + "'";
        return ColumnNotes.oneLine(SqlIdentifiers.quotedIfNeeded(link.table()) + "."
                + SqlIdentifiers.quotedIfNeeded(link.column()) + " = " + value);
    }
}
