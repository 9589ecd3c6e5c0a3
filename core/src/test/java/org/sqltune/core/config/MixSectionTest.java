package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.MixPart;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.core.config.settings.TemplateSettings.AssistantLoss;

/** The list of mixed data sets, and the keys of templates. */
class MixSectionTest {
    @TempDir
    Path folder;

    @Test
    void aMixtureIsAListOfDataSetsAndFiles() throws IOException {
        DataSettings data = load("""
                data:
                  mix:
                    - {dataset: spider, path: spider, weight: 2}
                    - file: mine.jsonl
                """).data();

        assertThat(data.dataset()).isEqualTo(Dataset.MIX);
        assertThat(data.mix())
                .containsExactly(
                        new MixPart(Dataset.SPIDER, Path.of("spider"), null, 2),
                        new MixPart(Dataset.FILES, null, Path.of("mine.jsonl"), 1));
        assertThat(data.validationSplit()).isEqualTo(0.05);
    }

    @Test
    void aWrittenMixtureIsReadAgain() throws IOException {
        RunConfig config = load("data: {mix: [{dataset: demo, weight: 0.5}, {file: a.csv}], assistant_loss: last}");

        assertThat(load(RunConfigWriter.toYaml(config))).isEqualTo(config);
    }

    @Test
    void theCommandLineChangesAPart() throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), "data: {mix: [{dataset: demo}, {file: a.csv}]}");

        DataSettings data = new RunConfigLoader(path -> true)
                .load(file, List.of("data.mix.1.weight=7"))
                .data();

        assertThat(data.mix().get(1).weight()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data: {mix: [{file: a, weight: 0}]}                     | data.mix.0.weight is '0': give a number above 0
            data: {mix: [{file: a, dataset: spider}]}               | data.mix.0: needs either a dataset, such as spider with its path, or a file
            data: {mix: [{weight: 1}]}                              | data.mix.0: needs either a dataset
            data: {mix: [{file: a, wieght: 1}]}                     | unknown key data.mix.0.wieght: did you mean data.mix.0.weight?
            data: {mix: [a, b]}                                     | data.mix.0 is no section: give keys with values
            data: {mix: a}                                          | data.mix is 'a': give a list of data sets
            data: {mix: [{dataset: spider}]}                        | data.mix.0.path: is missing: name the folder or file of spider
            data: {mix: [{file: a}], train_file: b}                 | contradicts data.train_file
            data: {mix: [{file: a}], dataset: demo}                 | data.mix: goes with data.dataset mix alone
            data: {dataset: mix}                                    | data.mix: goes with data.dataset mix alone
            data: {prompt_template: a.txt, prompt_format: inst}     | contradicts data.prompt_template: leave one of them out
            data: {prompt_format: template}                         | needs data.prompt_template, the file of your prompt
            data: {assistant_loss: first}                           | data.assistant_loss is 'first': give one of all, last
            """)
    void faultsAreNamed(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml)).isInstanceOf(ConfigException.class).hasMessageContaining(message);
    }

    @Test
    void missingTemplatesAreFaultsAndTextsAreNot() throws IOException {
        Path file = Files.writeString(
                folder.resolve("run.yaml"),
                "data: {prompt_template: a.txt, chat_template: b.jinja, train_file: c.jsonl}");

        assertThatThrownBy(() -> new RunConfigLoader(path -> path.endsWith("c.jsonl")).load(file, List.of()))
                .hasMessageContaining("data.prompt_template is 'a.txt': there is no such file")
                .hasMessageContaining("data.chat_template is 'b.jinja': there is no such file");
        DataSettings data = load("""
                data:
                  prompt_template: "{schema} {question}"
                  chat_template: model
                  system_prompt: Be short.
                """).data();
        assertThat(data.promptFormat()).isEqualTo(PromptFormat.TEMPLATE);
        assertThat(data.templates())
                .isEqualTo(new TemplateSettings("{schema} {question}", "model", "Be short.", AssistantLoss.ALL));
    }

    private RunConfig load(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), yaml);
        return new RunConfigLoader(path -> true).load(file, List.of());
    }
}
