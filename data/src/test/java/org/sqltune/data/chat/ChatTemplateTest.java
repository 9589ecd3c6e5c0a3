package org.sqltune.data.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.core.config.settings.TemplateSettings.AssistantLoss;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ChatMessage.Role;
import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.PromptCompletion;

class ChatTemplateTest {
    private static final Conversation TWO_TURNS = new Conversation(
            "c",
            List.of(
                    new ChatMessage(Role.SYSTEM, "S"),
                    new ChatMessage(Role.USER, "a"),
                    new ChatMessage(Role.ASSISTANT, "a"),
                    new ChatMessage(Role.USER, "b"),
                    new ChatMessage(Role.ASSISTANT, " two ")));

    private static final String CHATML = "{% for m in messages %}{{ '<|' + m.role + '|>' + m.content + '<|end|>\\n' }}"
            + "{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    @Test
    void answersAreFoundWhereTheTemplateDoesNotMarkThem() {
        assertThat(learned(CHATML, TWO_TURNS, AssistantLoss.ALL)).containsExactly("a<|end|>\n", " two <|end|>\n");
        assertThat(learned(CHATML, TWO_TURNS, AssistantLoss.LAST)).containsExactly(" two <|end|>\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            {% for m in messages %}[{{ m.content | trim }}]{% endfor %}                                     ¦ [a];[two]
            {% for m in messages %}{{ m.role }}: {{ m.content }}{{ eos_token }}{% endfor %}                 ¦ assistant: a</s>;assistant:  two </s>
            {% for m in messages %}{{ m.content }}{{ '</s>' if loop.last }}{% endfor %}                     ¦ a; two </s>
            {% for m in messages %}<{{ m.content.split('x')[-1].strip() }}>{% endfor %}!                    ¦ a>;two>!
            {% for m in messages %}{% generation %}{{ m.content if m.role == 'assistant' }}{% endgeneration %}.{% endfor %} ¦ ` a; two `
            """)
    void whatIsLearnedBeginsWithTheAnswerAndEndsWithItsTurn(String template, String expected) {
        List<String> spans = learned(template, TWO_TURNS, AssistantLoss.ALL);

        assertThat(String.join(";", spans).strip()).isEqualTo(expected.strip());
    }

    @Test
    void whatStandsBehindAnAnswerIsFound() {
        Map<String, String> tokens = Map.of("bos_token", "<s>", "eos_token", "</s>");
        assertThat(ChatTemplate.of(CHATML, "test", tokens).behindAnswer()).isEqualTo("<|end|>\n");
        assertThat(ChatTemplate.of(ChatTemplate.INSTRUCTION_BRACKETS, "test", tokens)
                        .behindAnswer())
                .isEqualTo("</s>");
        assertThat(ChatTemplate.of("{{ raise_exception('no') }}", "test", tokens)
                        .behindAnswer())
                .isEmpty();
        assertThat(ChatTemplate.of("{{ messages[0].content }}", "test", tokens).behindAnswer())
                .isEmpty();
    }

    @Test
    void thePromptOfATurnIsNotLearnedAndWhatTheModelAddsToItIs() {
        String thinking =
                "{% for m in messages %}{% if m.role == 'assistant' %}{{ '<a><think></think>' + m.content + '<e>' }}"
                        + "{% else %}{{ '<u>' + m.content }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<a>' }}{% endif %}";

        assertThat(learned(thinking, TWO_TURNS, AssistantLoss.LAST)).containsExactly("<think></think> two <e>");
    }

    @Test
    void answersInTheContextAreNotLearned() {
        Conversation last = new Conversation("c", TWO_TURNS.messages(), 3);

        assertThat(learned(CHATML, last, AssistantLoss.ALL)).containsExactly(" two <|end|>\n");
        assertThat(learned(ChatTemplate.INSTRUCTION_BRACKETS, last, AssistantLoss.ALL))
                .containsExactly(" two </s>");
    }

    @Test
    void aModelWithoutTemplateGetsInstructionBrackets() {
        ChatTemplateText chosen = ChatTemplateText.of(TemplateSettings.DEFAULTS, null, "chat_template of x");
        PromptCompletion example = chosen.parsed(Map.of("bos_token", "<s>", "eos_token", "</s>"))
                .example("row", TWO_TURNS, AssistantLoss.ALL);

        assertThat(example.prompt() + example.completion())
                .isEqualTo("<s>[INST] S\na [/INST]a</s>[INST] b [/INST] two </s>");
        assertThat(example.prompt()).isEqualTo("<s>[INST] S\na [/INST]");
        assertThat(chosen.isOfSqlTune()).isTrue();
    }

    @Test
    void theModelsOwnTemplateMustBeThereIfItIsAskedFor() {
        TemplateSettings own = new TemplateSettings(null, "model", null, AssistantLoss.ALL);

        assertThatThrownBy(() -> ChatTemplateText.of(own, null, "chat_template of m/tokenizer_config.json"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(
                        "data.chat_template is model, but there is no chat_template of m/tokenizer_config.json");
    }

    @Test
    void whatATemplateObjectsToNamesTheRow() {
        ChatTemplate strict = ChatTemplate.of("{{ raise_exception('No system role') }}", "t.jinja", Map.of());

        assertThatThrownBy(() -> strict.example("rows.jsonl line 3", TWO_TURNS, AssistantLoss.ALL))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage(
                        "rows.jsonl line 3: the chat template refuses the conversation: No system role; change the row,"
                                + " or name another template with data.chat_template");
        assertThatThrownBy(() -> ChatTemplate.of("{% if %}", "t.jinja", Map.of()))
                .hasMessageStartingWith("t.jinja is no chat template: line 1: ");
        assertThatThrownBy(() -> ChatTemplate.of("nothing", "t.jinja", Map.of())
                        .example("rows.jsonl line 3", TWO_TURNS, AssistantLoss.ALL))
                .hasMessageStartingWith("rows.jsonl line 3: the chat template writes no answer");
    }

    private static List<String> learned(String template, Conversation conversation, AssistantLoss loss) {
        PromptCompletion example =
                ChatTemplate.of(template, "test", Map.of("eos_token", "</s>")).example("row", conversation, loss);
        assertThat(example.isChat()).isTrue();
        assertThat(example.learned().get(0).start()).isZero();
        return example.learned().stream()
                .map(span -> example.completion().substring(span.start(), span.end()))
                .toList();
    }
}
