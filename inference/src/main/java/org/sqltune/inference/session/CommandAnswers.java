package org.sqltune.inference.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.explain.QueryExplanation;
import org.sqltune.core.text.PrintableText;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.prompt.TokenEstimate;

/** Answers a session's commands from the schema. */
final class CommandAnswers {
    /** Whatever the model is shown: without values and comments, a table's line stays readable. */
    private static final SchemaSerializer SERIALIZER = new SchemaSerializer(
            SchemaFormat.CREATE_TABLE, new SchemaSettings(true, true, false, 0, null), TokenEstimate::of);

    private final Schema schema;

    CommandAnswers(Schema schema) {
        this.schema = schema;
    }

    /** Every command and what else can be typed. */
    List<String> help() {
        int width = Arrays.stream(SessionCommand.values())
                .mapToInt(command -> command.usage().length())
                .max()
                .orElse(0);
        String form = "  %-" + width + "s  %s";
        List<String> lines = new ArrayList<>();
        lines.add("Type a question: it is turned into SQL, and the SQL is run. Nothing can be changed by it.");
        lines.add("A line that begins with SELECT or WITH … AS is run as it is. Ctrl-C stops an answer. Commands:");
        for (SessionCommand command : SessionCommand.values()) {
            lines.add(String.format(form, command.usage(), command.help()));
        }
        return lines;
    }

    /** A line a table. */
    List<String> tables() {
        if (schema.tables().isEmpty()) {
            return List.of("There are no tables.");
        }
        return schema.tables().stream()
                .map(table -> PrintableText.oneLine(table.name()) + " ("
                        + table.columns().size() + (table.columns().size() == 1 ? " column)" : " columns)"))
                .toList();
    }

    /** All tables as CREATE TABLE, or the one named. */
    List<String> schema(String name) {
        if (name.isEmpty()) {
            return schema.tables().isEmpty() ? tables() : createTable(schema.tables());
        }
        Optional<Table> table = schema.table(name);
        return table.isPresent()
                ? createTable(List.of(table.get()))
                : List.of("There is no table " + PrintableText.oneLine(name) + "; " + SessionCommand.TABLES.spelling()
                        + " lists them.");
    }

    /** A line a question. */
    List<String> examples() {
        List<String> questions = ExampleQuestions.of(schema);
        return questions.isEmpty() ? tables() : questions;
    }

    /** What a query does, in words. */
    List<String> explain(String sql) {
        return QueryExplanation.of(sql, schema);
    }

    private List<String> createTable(List<Table> tables) {
        return SERIALIZER
                .serialize(schema.withTables(tables))
                .lines()
                .map(PrintableText::oneLine)
                .toList();
    }
}
