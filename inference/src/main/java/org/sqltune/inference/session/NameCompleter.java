package org.sqltune.inference.session;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.core.text.PrintableText;

/** Completes commands and their arguments; in questions and SQL the names of tables and columns. */
final class NameCompleter implements Completer {
    private final Schema schema;

    NameCompleter(Schema schema) {
        this.schema = schema;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String first = line.words().get(0);
        if (line.wordIndex() == 0 && (first.isEmpty() || first.startsWith(SessionCommand.MARK))) {
            Arrays.stream(SessionCommand.values())
                    .map(command -> candidate(command.spelling(), command.help(), true))
                    .forEach(candidates::add);
        }
        if (first.startsWith(SessionCommand.MARK)) {
            if (line.wordIndex() == 1) {
                addArguments(first, candidates);
            }
        } else {
            addNames(TypedSql.isSql(line.line()), candidates);
        }
    }

    private void addArguments(String command, List<Candidate> candidates) {
        if (command.equalsIgnoreCase(SessionCommand.SCHEMA.spelling())) {
            schema.tables().forEach(table -> candidates.add(candidate(table.name(), "table", false)));
        } else if (command.equalsIgnoreCase(SessionCommand.SQL.spelling())) {
            candidates.add(candidate("on", "show the SQL", false));
            candidates.add(candidate("off", "hide the SQL", false));
        }
    }

    private void addNames(boolean inSql, List<Candidate> candidates) {
        UnaryOperator<String> spelling = inSql ? this::inSql : UnaryOperator.identity();
        Map<String, String> descriptions = new LinkedHashMap<>();
        for (Table table : schema.tables()) {
            descriptions.put(table.name(), "table");
        }
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                descriptions.merge(
                        column.name(), "column of " + table.name(), (known, more) -> known + ", " + table.name());
            }
        }
        descriptions.forEach(
                (name, description) -> candidates.add(candidate(spelling.apply(name), description, false)));
    }

    private String inSql(String name) {
        return SqlIdentifiers.quotedIfNeeded(name, schema.dialect());
    }

    /** The names come from a database, so what is displayed of them is made printable. */
    private static Candidate candidate(String value, String description, boolean spaceFollows) {
        return new Candidate(
                value,
                PrintableText.oneLine(value),
                null,
                PrintableText.oneLine(description),
                null,
                null,
                spaceFollows);
    }
}
