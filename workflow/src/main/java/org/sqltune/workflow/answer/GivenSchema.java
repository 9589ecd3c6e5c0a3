package org.sqltune.workflow.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.Statements;
import org.sqltune.core.text.Failures;
import org.sqltune.core.text.NearestNames;

/** Reads a schema that the user gives as a text or a file. */
final class GivenSchema {
    private static final String FORMS =
            "write TABLE: name ( column (type), … ), CREATE TABLE statements, or table(column, …) lines";

    /** {@code TABLE: singer ( id )} or {@code singer(id, name)}, anywhere in the text. */
    private static final Pattern LINES = Pattern.compile(
            "(?mi)^\\s*(?:(?:TABLE|VIEW):\\s*\\S.*\\(|(?:\"[^\"]+\"|[\\w.$]+)\\s?\\([^()]*\\S.*\\)\\s*;?\\s*$)");

    private static final Set<String> BETWEEN = Set.of("temp", "temporary", "or", "replace", "unlogged", "virtual");

    private GivenSchema() {}

    /**
     * Reads a schema.
     *
     * @throws ConfigException if the text is neither a file nor a schema, or the file has no schema
     */
    static VerbatimSchema of(String textOrFile) {
        try {
            Path file = Path.of(textOrFile);
            if (Files.isRegularFile(file)) {
                return ofFile(file);
            }
            if (!isSchema(textOrFile)) {
                throw fault(
                        textOrFile + " is neither a file nor a schema: " + FORMS + NearestNames.pathSuggestion(file));
            }
        } catch (InvalidPathException e) {
            if (!isSchema(textOrFile)) {
                throw fault(textOrFile + " is no schema: " + FORMS);
            }
        }
        return new VerbatimSchema(textOrFile);
    }

    private static VerbatimSchema ofFile(Path file) {
        try {
            String text = Files.readString(file);
            if (!isSchema(text)) {
                throw fault(file + " holds no schema: " + FORMS);
            }
            return new VerbatimSchema(text);
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read the schema " + file + ": " + Failures.reason(e) + ". Save it as UTF-8 text", e);
        }
    }

    /** Returns whether a text contains a table in one of the prompts' schema formats. */
    static boolean isSchema(String text) {
        return LINES.matcher(text).find() || Statements.of(text).stream().anyMatch(GivenSchema::createsTable);
    }

    private static boolean createsTable(List<SqlToken> statement) {
        if (statement.isEmpty() || !statement.get(0).isWord("create")) {
            return false;
        }
        int next = 1;
        while (next < statement.size() && BETWEEN.contains(statement.get(next).lowerCase())) {
            next++;
        }
        return next + 1 < statement.size()
                && (statement.get(next).isWord("table") || statement.get(next).isWord("view"));
    }

    private static ConfigException fault(String problem) {
        return new ConfigException("--schema", List.of(problem));
    }
}
