package org.sqltune.data.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.core.config.settings.TemplateSettings.AssistantLoss;
import org.sqltune.core.example.ReadyPrompt;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;

/** A prompt of the user's own, and one wrapped in a chat template, before and after they were kept in a model. */
class OwnTemplateTest {
    private static final Schema SCHEMA = new Schema(
            "shop",
            List.of(new Table(
                    "customer",
                    List.of(
                            new Column("id", "integer", true),
                            new Column("name", "text", false, "", List.of("Ada", "Bob", "Cid"))))),
            List.of());
    private static final SqlQuestion QUESTION = new SqlQuestion("q", "shop", "How many?", SCHEMA);

    @TempDir
    Path folder;

    @Test
    void placesAreFilledAndOtherBracesStay() throws IOException {
        PromptTemplate template = PromptTemplate.of(settings("""
                {dialect}, {"json": {1}} {{schema}} of {database}:
                {schema}
                Values:
                {values}
                Q: {question}
                A:
                """, 2));

        assertThat(template.render(QUESTION)).isEqualTo("""
                SQLite, {"json": {1}} {schema} of shop:
                TABLE: customer ( id (integer), name (text) )
                Values:
                customer.name: 'Ada', 'Bob'
                Q: How many?
                A:""");
        assertThat(template.prefix(QUESTION)).endsWith("Q: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {schema} {question} {vlaues} {x} | unknown {vlaues}, {x} (write it in double braces if it is text); a prompt
            Only {schema}                    | missing {question}; a prompt template has the places {schema}, {question}, {values}
            {{schema}} {tables}              | unknown {tables} (write it in double braces if it is text), missing {schema}, {question};
            """)
    void unknownAndMissingPlacesAreNamed(String text, String message) {
        assertThatThrownBy(() -> PromptTemplate.of(settings(text, null)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(folder.resolve("prompt.txt") + ": " + message);
    }

    @Test
    void aPlaceForValuesNeedsValues() {
        assertThatThrownBy(() -> PromptTemplate.of(settings("{schema} {values} {question}", null)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("data.schema_sample_values is null: set it");
    }

    @Test
    void theModelKeepsTheTemplateAndTheFileMayGo() throws IOException {
        DataSettings trained = settings("{dialect} {schema} ? {question}", null);
        ContractFile.writeInto(folder, PromptContract.ofTraining(trained, false, List.of("</s>"), 64));
        Files.delete(folder.resolve("prompt.txt"));

        PromptContract kept = ContractFile.read(folder).orElseThrow();

        assertThat(kept.promptFormat()).isEqualTo(PromptFormat.TEMPLATE);
        assertThat(kept.template(String::length).render(QUESTION))
                .isEqualTo("SQLite TABLE: customer ( id (integer), name (text) ) ? How many?");
        assertThat(Files.readString(folder.resolve(ContractFile.NAME))).contains("\"format_version\" : 2");
    }

    @Test
    void aChatTemplateWrapsThePromptWithoutItsBrackets() throws IOException {
        DataSettings defaults = DataSettings.defaults();
        DataSettings wrapped = defaults.withPrompts(
                PromptFormat.INST,
                SchemaFormat.TABLE,
                SchemaSettings.DEFAULTS,
                new TemplateSettings(null, null, "Write SQL.", AssistantLoss.ALL));
        String chat =
                "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}{{ '<assistant>' if add_generation_prompt }}";
        ContractFile.writeInto(folder, PromptContract.ofTraining(wrapped, false, chat, List.of(), 64));

        PromptTemplate asked = ContractFile.read(folder).orElseThrow().template(String::length, Map.of());

        assertThat(asked.isChat(QUESTION)).isTrue();
        assertThat(asked.render(QUESTION)).isEqualTo("""
                <system>Write SQL.<user>Write the SQL query.
                Schema:
                TABLE: customer ( id (integer), name (text) )
                Question: How many?<assistant>""");
        assertThat(asked.render(SqlQuestion.of("q", ReadyPrompt.ofText("Own words"))))
                .isEqualTo("<system>Write SQL.<user>Own words<assistant>");
        assertThat(PromptTemplate.of(defaults).render(SqlQuestion.of("q", ReadyPrompt.ofText("Own words"))))
                .isEqualTo("Own words");
    }

    private DataSettings settings(String text, Integer samples) throws IOException {
        Path file = Files.writeString(folder.resolve("prompt.txt"), text);
        return DataSettings.defaults()
                .withPrompts(
                        PromptFormat.TEMPLATE,
                        SchemaFormat.TABLE,
                        new SchemaSettings(null, null, false, samples, null),
                        new TemplateSettings(file.toString(), null, null, AssistantLoss.ALL));
    }
}
