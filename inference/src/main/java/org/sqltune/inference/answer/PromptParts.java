package org.sqltune.inference.answer;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ReadyPrompt;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.prompt.PromptTemplate;

/**
 * Says what is longest in a prompt that is too long.
 *
 * @param template writes the prompt
 * @param tokens counts a text's tokens
 */
record PromptParts(PromptTemplate template, ToIntFunction<String> tokens) {
    private static final String SHORTEN = "shorten the schema with data.schema_max_tokens";

    /** A part with what could be done about it. */
    private record Part(String name, int tokens, String remedy) {}

    /** One clause: the part, its tokens, the remedy. */
    String longest(SqlQuestion question) {
        Part longest =
                parts(question).max(Comparator.comparingInt(Part::tokens)).orElseThrow();
        return "longest in it is " + longest.name() + " with " + longest.tokens() + " tokens; " + longest.remedy();
    }

    private Stream<Part> parts(SqlQuestion question) {
        ReadyPrompt ready = question.ready();
        if (ready != null) {
            return messages(ready);
        }
        Part asked = new Part("the question", tokens.applyAsInt(question.question()), "shorten it");
        return Stream.concat(Stream.of(asked), schema(question));
    }

    private Stream<Part> messages(ReadyPrompt ready) {
        if (ready.isText()) {
            return Stream.of(new Part("the text", tokens.applyAsInt(ready.last()), "shorten it"));
        }
        List<ChatMessage> messages = ready.messages();
        return IntStream.range(0, messages.size())
                .mapToObj(i -> new Part(
                        "message " + (i + 1), tokens.applyAsInt(messages.get(i).content()), "shorten it"));
    }

    /** The table that has most of the schema's tokens, or else the schema: a table's share is what the prompt grows by with it. */
    private Stream<Part> schema(SqlQuestion question) {
        if (!(question.schema() instanceof Schema schema)) {
            int without = tokens(question, new VerbatimSchema(""));
            int with = tokens(question, question.schema());
            return Stream.of(new Part("the schema", with - without, "leave out tables that don't matter"));
        }
        int without = tokens(question, schema.withTables(List.of()));
        int all = tokens(question, schema) - without;
        List<Part> large = schema.tables().stream()
                .map(table -> new Part(
                        "table " + table.name(),
                        tokens(question, schema.withTables(List.of(table))) - without,
                        SHORTEN))
                .filter(part -> 2 * part.tokens() > all)
                .toList();
        return large.isEmpty()
                ? Stream.of(new Part("the schema of " + schema.tables().size() + " tables", all, SHORTEN))
                : large.stream();
    }

    private int tokens(SqlQuestion question, SchemaContent schema) {
        return tokens.applyAsInt(template.render(new SqlQuestion(
                question.id(), question.databaseId(), question.question(), schema, question.context())));
    }
}
