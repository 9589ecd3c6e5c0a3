package org.sqltune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.TemplateSettings.AssistantLoss;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ChatMessage.Role;
import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.chat.ChatTemplate;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * The published chat templates that TRL ships, and its versions of them that mark what {@code assistant_only_loss} learns: ids
 * and learned tokens of ten conversations. Needs a Python with tools/parity/requirements.txt, named by the system property
 * {@code sqltune.python}.
 */
@Tag("heavy")
class ChatMasksAgainstTrlTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-05T12:00:00Z"), ZoneOffset.UTC);
    private static final Map<String, String> TOKENS =
            Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>");
    private static final String MARKED = "_training.jinja";

    @TempDir
    Path folder;

    private final Map<String, String> templates = new HashMap<>();
    private final List<JsonNode> rows = new ArrayList<>();

    @Test
    void idsAndLearnedTokensAreThoseOfTrl() throws Exception {
        Path model = TrainingOptionsFixture.model("tiny_llama_with_tokenizer");
        Path conversations = Path.of("..", "data", "src", "test", "resources", "chat", "conversations.json");
        read(conversations, model);
        DecoderConfig config = DecoderConfigReader.read(model);
        int ids = 0;
        int marked = 0;
        int unmarked = 0;
        int unmarkedEqual = 0;
        List<String> differences = new ArrayList<>();
        try (Tokenizer tokenizer = Tokenizer.load(model, config)) {
            for (JsonNode row : rows) {
                if (!row.has("ids")) {
                    continue;
                }
                String name = row.get("name").asText();
                String text = row.get("text").asText();
                assertThat(tokenizer.encodePlaced(text).ids())
                        .as("%s %s", name, row.get("conversation"))
                        .isEqualTo(longs(row.get("ids")))
                        .isEqualTo(tokenizer.encode(text));
                ids++;
                if (!name.endsWith(MARKED)
                        || row.get("add_generation_prompt").asBoolean()
                        || sum(row.path("mask")) == 0) {
                    continue;
                }
                Conversation conversation =
                        conversation(conversations, row.get("conversation").asInt());
                String own = mask(tokenizer, name, conversation, text);
                String expected = digits(row.get("mask"));
                marked++;
                if (!own.equals(expected)) {
                    differences.add(name + " " + row.get("conversation") + "\n" + own + "\n" + expected);
                }
                String original = name.replace(MARKED, ".jinja");
                String derived = mask(tokenizer, original, conversation, text);
                if (!derived.isEmpty()) {
                    unmarked++;
                    unmarkedEqual += derived.equals(expected) ? 1 : 0;
                }
            }
        }

        assertThat(differences).isEmpty();
        // TRL 1.13: 1,188 texts, 243 masks. Without marks 92 of 180 are equal; in the others TRL also learns the header
        // of a turn.
        assertThat(ids).isGreaterThan(900);
        assertThat(marked).isGreaterThan(150);
        assertThat(unmarkedEqual)
                .as("masks that are equal without marks, of %d", unmarked)
                .isGreaterThan(80);
    }

    /** A digit for each token; empty if the template writes another text, or refuses. */
    private String mask(Tokenizer tokenizer, String name, Conversation conversation, String text) {
        PromptCompletion example;
        try {
            example = ChatTemplate.of(templates.get(name), name, TOKENS, NOON)
                    .example(name, conversation, AssistantLoss.ALL);
        } catch (SqlTuneException e) {
            return "";
        }
        if (!(example.prompt() + example.completion()).equals(text)) {
            return "";
        }
        TokenizedExample tokens = new ExampleTokenizer(tokenizer, Integer.MAX_VALUE)
                .tokenize("test", List.of(example))
                .examples()
                .get(0);
        StringBuilder digits = new StringBuilder("0".repeat(tokens.prompt().length));
        for (int i = 0; i < tokens.completion().length; i++) {
            digits.append(tokens.isLearned(i) ? '1' : '0');
        }
        return digits.toString();
    }

    private void read(Path conversations, Path model) throws Exception {
        String python = System.getProperty("sqltune.python");
        assertThat(python)
                .as("name a Python that has tools/parity/requirements.txt: -Dsqltune.python=/path/to/bin/python")
                .isNotBlank();
        Path out = folder.resolve("trl.jsonl");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        python,
                        Path.of("..", "tools", "parity", "chat_templates.py").toString(),
                        conversations.toString(),
                        model.toString(),
                        out.toString(),
                        "trl")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("Python ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        for (String line : Files.readAllLines(out)) {
            JsonNode row = MAPPER.readTree(line);
            if (row.has("template")) {
                templates.put(row.get("name").asText(), row.get("template").asText());
            } else {
                rows.add(row);
            }
        }
    }

    private static Conversation conversation(Path file, int index) throws Exception {
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode each : MAPPER.readTree(Files.readString(file)).get(index)) {
            messages.add(new ChatMessage(
                    Role.valueOf(each.get("role").asText().toUpperCase(Locale.ROOT)),
                    each.get("content").asText()));
        }
        return new Conversation("c", messages);
    }

    private static long[] longs(JsonNode list) {
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asLong();
        }
        return values;
    }

    private static String digits(JsonNode list) {
        StringBuilder digits = new StringBuilder();
        list.forEach(each -> digits.append(each.asInt()));
        return digits.toString();
    }

    private static int sum(JsonNode list) {
        int sum = 0;
        for (JsonNode each : list) {
            sum += each.asInt();
        }
        return sum;
    }
}
