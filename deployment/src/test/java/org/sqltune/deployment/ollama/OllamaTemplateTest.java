package org.sqltune.deployment.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.chat.ChatTemplate;
import org.sqltune.data.prompt.ChatPrompt;
import org.sqltune.data.prompt.PromptTemplate;

class OllamaTemplateTest {
    private static final Schema SHOP = new Schema(
            "shop",
            List.of(new Table("item", List.of(new Column("name", "text", false), new Column("price", "real", false)))),
            List.of());
    private static final SqlQuestion QUESTION = new SqlQuestion("1", "shop", "How many items?", SHOP);

    @Test
    void theSchemaIsTheSystemMessageAndTheQuestionThePrompt() {
        OllamaTemplate template = new OllamaTemplate(of(PromptFormat.INST), "");
        assertThat(template.text())
                .isEqualTo(
                        "{{ if .System }}[INST] Write the SQL query.\nSchema:\n{{ .System }}\nQuestion: {{ .Prompt }}"
                                + " [/INST]{{ else }}{{ .Prompt }}{{ end }}");
        assertThat(template.system(SHOP)).hasValue("TABLE: item ( name (text), price (real) )");
    }

    @ParameterizedTest
    @EnumSource(value = PromptFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "TEMPLATE")
    void whatTheTemplateWritesIsThePromptOfTraining(PromptFormat format) {
        PromptTemplate form = of(format);
        OllamaTemplate template = new OllamaTemplate(form, "");
        String system = template.system(SHOP).orElseThrow();
        assertThat(template.rendered(system, QUESTION.question())).isEqualTo(form.render(QUESTION));
        assertThat(template.rendered("", "a whole prompt")).isEqualTo("a whole prompt");
    }

    @Test
    void aChatTemplatesBeginningIsLeftToLlamaCppAndBracesAreTexts() {
        ChatTemplate chat = ChatTemplate.of(
                "{{ bos_token }}{% for m in messages %}<{{ m.role }}>{{ '{{' }}{{ m.content }}{% endfor %}",
                "test", Map.of("bos_token", "<s>"));
        OllamaTemplate template =
                new OllamaTemplate(new ChatPrompt(of(PromptFormat.INST), () -> chat, "Be short."), "<s>");
        assertThat(template.text())
                .startsWith("{{ if .System }}<system>{{ \"{{\" }}Be short.<user>{{ \"{{\" }}Write the SQL query.");
        assertThat(template.prompt(QUESTION)).startsWith("<system>{{Be short.<user>{{Write");
    }

    @Test
    void promptsThatHideTheQuestionAreRefused() {
        ChatTemplate silent = ChatTemplate.of("Hello", "test", Map.of());
        PromptTemplate prompts = new ChatPrompt(of(PromptFormat.INST), () -> silent, null);
        assertThatThrownBy(() -> new OllamaTemplate(prompts, ""))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("don't show the question");
    }

    private static PromptTemplate of(PromptFormat format) {
        return PromptTemplate.of(format, SchemaFormat.TABLE);
    }
}
