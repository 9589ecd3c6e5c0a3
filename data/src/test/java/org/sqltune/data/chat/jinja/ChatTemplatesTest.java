package org.sqltune.data.chat.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Templates built like those of twenty model families, and one with what the families don't use, for ten conversations with
 * and without generation prompt: as transformers renders them. {@code tools/parity/chat_templates.py} wrote what is expected.
 */
class ChatTemplatesTest {
    @Test
    void everyTemplateRendersEveryConversationAsTransformersDoes() throws Exception {
        TemplateParity parity = new TemplateParity(Files.readAllLines(resource("expected.jsonl")));

        assertThat(parity.differences(TemplateParity.conversations(resource("conversations.json"))))
                .isEmpty();
        assertThat(parity.templates()).hasSize(22);
        assertThat(parity.texts() + parity.errors()).isEqualTo(22 * 10 * 2);
        assertThat(parity.errors()).isEqualTo(22);
    }

    @Test
    void theTemplatesAreThoseThatTheirFilesHold() throws Exception {
        TemplateParity parity = new TemplateParity(Files.readAllLines(resource("expected.jsonl")));

        for (String name : parity.templates().keySet()) {
            assertThat(parity.templates().get(name)).isEqualTo(Files.readString(resource("templates/" + name)));
        }
    }

    private static Path resource(String name) throws IOException, URISyntaxException {
        return Path.of(Objects.requireNonNull(ChatTemplatesTest.class.getResource("/chat/" + name), name)
                .toURI());
    }
}
