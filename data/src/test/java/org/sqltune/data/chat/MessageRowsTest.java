package org.sqltune.data.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.Intake;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.source.TextRowsFile;

/** Rows of messages and texts, as other tools write them. */
class MessageRowsTest {
    @TempDir
    Path folder;

    @Test
    void messagesOfRoleAndContent() throws IOException {
        assertThat(conversation("m.jsonl", """
                        {"id": "x", "messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "q"}, {"role": "assistant", "content": "SELECT 1"}]}
                        """)).isEqualTo("x 0: system S, user q, assistant SELECT 1");
    }

    @Test
    void shareGptsConversations() throws IOException {
        assertThat(conversation("s.json", """
                        [{"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "SELECT 1"}], "system": "S"}]
                        """)).isEqualTo("s-1 0: system S, user q, assistant SELECT 1");
    }

    @Test
    void ofPromptsAndCompletionsOnlyTheCompletionIsLearned() throws IOException {
        String row =
                "{\"prompt\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \"b\"},"
                        + " {\"role\": \"user\", \"content\": \"q\"}], \"completion\": ";

        assertThat(conversation("t.jsonl", row + "[{\"role\": \"assistant\", \"content\": \"SELECT 1\"}]}"))
                .isEqualTo("t-1 3: user a, assistant b, user q, assistant SELECT 1");
        assertThat(conversation("t.jsonl", row + "\"SELECT 1\"}"))
                .isEqualTo("t-1 3: user a, assistant b, user q, assistant SELECT 1");
    }

    @Test
    void alpacasInstructionAndInputAreThePrompt() throws IOException {
        Path csv = write("a.csv", "instruction,input,output\nTranslate,\"one\ntwo\",SELECT 1\nSay,,SELECT 2\n");

        assertThat(read(csv))
                .extracting(row -> ((TextRow.Texts) row).texts())
                .containsExactly(
                        new PromptCompletion("a-2", "Translate\n\none\ntwo", "SELECT 1"),
                        new PromptCompletion("a-4", "Say", "SELECT 2"));
    }

    @Test
    void aListOfMessagesMayBeItsJsonInACell() throws IOException {
        assertThat(conversation(
                        "m.csv",
                        "dialog\n\"[{\"\"role\"\": \"\"user\"\", \"\"content\"\": \"\"q\"\"}, {\"\"role\"\": \"\"assistant\"\","
                                + " \"\"content\"\": \"\"SELECT 1\"\"}]\"\n",
                        new ColumnMapping(Map.of("messages", "dialog"))))
                .isEqualTo("m-2 0: user q, assistant SELECT 1");
    }

    @Test
    void rowsOfOneLineHaveIdsOfTheirOwn() throws IOException {
        Path file = write(
                "a.json",
                "[{\"instruction\": \"a\", \"output\": \"b\"}, {\"instruction\": \"c\", \"output\": \"d\"},"
                        + " {\"id\": \"own\", \"instruction\": \"e\", \"output\": \"f\"}]");

        assertThat(read(file)).extracting(TextRow::id).containsExactly("a-1", "a-1-2", "own");
    }

    @Test
    void whatIsWrittenIsReadAgainAlsoWhereKindsAreMixed() throws IOException {
        Path file = write("mixed.jsonl", """
                {"id": "1", "messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}
                {"id": "2", "prompt": "p", "completion": "c"}
                {"id": "3", "prompt": [{"role": "user", "content": "q"}], "completion": [{"role": "assistant", "content": "a"}]}
                {"id": "4", "instruction": "i", "output": "o"}
                """);
        Path again = folder.resolve("again.jsonl");

        TextRowsFile.write(again, read(file));

        assertThat(Files.readAllLines(again).get(3)).isEqualTo("{\"id\":\"4\",\"prompt\":\"i\",\"completion\":\"o\"}");
        assertThat(read(again).stream().map(MessageRowsTest::shown).toList())
                .isEqualTo(read(file).stream().map(MessageRowsTest::shown).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "messages": []                                                | "messages" is [] instead of a list of messages
            "messages": "hello"                                           | "messages" is a text but not the JSON of a list
            "messages": [{"role": "user"}]                                | messages[0] has no content; make it a text
            "messages": [{"content": "x"}]                                | messages[0] has no role: {"content":"x"}
            "messages": [{"role": "robot", "content": "x"}]               | messages[0] has the role 'robot', which isn't known
            "messages": [{"role": "user", "content": ["x"]}]              | messages[0] has as content ["x"]; make it a text
            "messages": [{"role": "user", "content": "x"}]                | no message is an assistant's, so there is nothing to learn
            "messages": [{"role": "assistant", "content": " "}]           | messages[0] is an empty answer
            "messages": [{"role": "assistant", "content": "x", "tool_calls": [1]}] | messages[0] calls tools
            "messages": [{"role": "assistant", "content": "x"}], "tools": [1]      | "tools" isn't read
            "instruction": "x", "output": "y", "history": [["a", "b"]]     | "history" holds earlier turns
            "instruction": "x", "output": ""                              | "output" is empty
            """)
    void aBrokenRowIsNamedWithFileAndLine(String content, String message) throws IOException {
        Path file = write("bad.jsonl", "\n{" + content + "}\n");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(file + " line 2: " + message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void brokenRowsMayBeLeftOutAndCounted() throws IOException {
        Path file = write("rows.jsonl", """
                {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}
                {"messages": [{"role": "robot", "content": "q"}]}
                """);
        Intake intake = new Intake(file, true);

        assertThat(TextRowsFile.read(file, ColumnMapping.IDENTITY, intake)).hasSize(1);
        assertThat(intake.brokenNotes().get(0)).contains("1 broken entry is left out", "rows.jsonl line 2");
    }

    private String conversation(String name, String text) throws IOException {
        return conversation(name, text, ColumnMapping.IDENTITY);
    }

    private String conversation(String name, String text, ColumnMapping mapping) throws IOException {
        List<TextRow> rows = TextRowsFile.read(write(name, text), mapping, RowFaults.STRICT);
        assertThat(rows).hasSize(1);
        return shown(rows.get(0));
    }

    private static String shown(TextRow row) {
        if (row instanceof TextRow.Texts texts) {
            return texts.texts().toString();
        }
        Conversation conversation = ((TextRow.Chat) row).conversation();
        return conversation.id() + " " + conversation.learnedFrom() + ": "
                + conversation.messages().stream()
                        .map(each -> each.role().key() + " " + each.content())
                        .collect(Collectors.joining(", "));
    }

    private static List<TextRow> read(Path file) {
        return TextRowsFile.read(file, ColumnMapping.IDENTITY, RowFaults.STRICT);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
