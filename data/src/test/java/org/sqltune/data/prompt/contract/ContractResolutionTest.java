package org.sqltune.data.prompt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.data.prompt.ExpertTemplate;
import org.sqltune.data.prompt.contract.ContractResolution.Source;

class ContractResolutionTest {
    private static final String PLAIN = "data: {prompt_format: plain, schema_sample_values: 3}";
    private static final String EXPERT = "data: {prompt_format: expert, schema_format: compact}";

    @TempDir
    private Path folder;

    private Path adapter;
    private Path model;

    @BeforeEach
    void makeFolders() throws IOException {
        adapter = Files.createDirectories(folder.resolve("run/final_model"));
        model = Files.createDirectories(folder.resolve("models/base"));
    }

    @Test
    void theAdaptersContractDecidesWithoutAWord() throws IOException {
        contract(adapter, PLAIN);
        contract(model, EXPERT);
        runConfig(EXPERT);

        ContractResolution asked = ContractResolution.of(adapter, model);

        assertThat(asked.contract()).isEqualTo(of(PLAIN));
        assertThat(asked.source()).isEqualTo(Source.CONTRACT);
        assertThat(asked.notes()).isEmpty();
    }

    @Test
    void otherWordsThanThoseOfTrainingAreWarnedOf() throws IOException {
        PromptContract now = of(PLAIN);
        PromptContract trained = new PromptContract(
                now.promptFormat(),
                "0".repeat(64),
                now.schemaFormat(),
                now.primaryKeys(),
                now.foreignKeys(),
                now.comments(),
                now.sampleValues(),
                now.schemaMaxTokens(),
                now.valueLinks(),
                now.dialect(),
                now.chatTemplate(),
                now.stop(),
                now.maxLength());
        ContractFile.writeInto(adapter, trained);

        assertThat(ContractResolution.of(adapter, model).notes())
                .singleElement()
                .asString()
                .startsWith(adapter.resolve("sqltune.json")
                        + " says that the model was trained on other words of data.prompt_format=plain");
    }

    @Test
    void anAdapterWithoutOneIsAskedAsItsRunsConfigurationSays() throws IOException {
        contract(model, EXPERT);
        runConfig(PLAIN);

        ContractResolution asked = ContractResolution.of(adapter, model);

        assertThat(asked.contract()).isEqualTo(of(PLAIN));
        assertThat(asked.source()).isEqualTo(Source.CONFIG);
        assertThat(asked.notes())
                .containsExactly(adapter + " has no sqltune.json: asked as " + folder.resolve("run/config.yaml")
                        + " says, data.prompt_format=plain data.schema_format=create_table");
    }

    @Test
    void aCopyWithoutEitherIsAskedAsItsModelIs() throws IOException {
        contract(model, EXPERT);
        assertThat(ContractResolution.of(adapter, model).contract()).isEqualTo(of(EXPERT));
    }

    @Test
    void aConfigurationBesideThatIsNoRunsIsNotLookedAt() throws IOException {
        Files.writeString(folder.resolve("run/config.yaml"), PLAIN);

        ContractResolution asked = ContractResolution.of(adapter, model);

        assertThat(asked.contract()).isEqualTo(of(""));
        assertThat(asked.source()).isEqualTo(Source.DEFAULTS);
        assertThat(asked.notes())
                .containsExactly(adapter + " has no sqltune.json: asked with the default prompts,"
                        + " data.prompt_format=inst data.schema_format=table");
    }

    @Test
    void aModelsOwnContractDecidesWithoutAnAdapter() throws IOException {
        contract(model, PLAIN);
        assertThat(ContractResolution.of(null, model).contract()).isEqualTo(of(PLAIN));
    }

    @Test
    void aDamagedContractIsNoReasonToAskWithAnother() throws IOException {
        runConfig(PLAIN);
        Files.writeString(adapter.resolve("sqltune.json"), "{");
        assertThatThrownBy(() -> ContractResolution.of(adapter, model))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("sqltune.json is damaged");
    }

    @Test
    void whatTheCommandLineSaysWinsWithAWarning() throws IOException {
        contract(adapter, PLAIN);

        ContractResolution asked = given(null, "data.schema_sample_values=0", "data.prompt_format=plain");

        assertThat(asked.contract().sampleValues()).isZero();
        assertThat(asked.notes())
                .containsExactly("data.schema_sample_values is 0 on the command line, but "
                        + adapter.resolve("sqltune.json")
                        + " says 3: 0 is used, which the model wasn't trained with");
    }

    @Test
    void whatAFileSaysLosesWithAWarning() throws IOException {
        contract(adapter, PLAIN);
        Path file = Files.writeString(
                folder.resolve("my.yaml"), "data: {prompt_format: expert, schema_sample_values: 3, shuffle: false}");

        ContractResolution asked = given(file);

        assertThat(asked.contract()).isEqualTo(of(PLAIN));
        assertThat(asked.notes())
                .containsExactly("data.prompt_format is expert in " + file + ", but " + adapter.resolve("sqltune.json")
                        + " says plain: plain is used; to insist, add data.prompt_format=expert to the command line");
    }

    @Test
    void aFileThatSaysNothingOfPromptsContradictsNothing() throws IOException {
        contract(adapter, PLAIN);
        Path file = Files.writeString(folder.resolve("my.yaml"), "data: {shuffle: false, schema_sample_values: null}");
        assertThat(given(file).notes()).isEmpty();
        assertThat(given(file).contract()).isEqualTo(of(PLAIN));
    }

    @Test
    void theFileOfAPlainRunMayNameTheSchemaFormatThatPlainIgnores() throws IOException {
        contract(adapter, PLAIN);
        Path file = Files.writeString(folder.resolve("my.yaml"), "data: {prompt_format: plain, schema_format: table}");
        assertThat(given(file).notes()).isEmpty();
    }

    @Test
    void withoutAContractTheGivenSettingsDecide() {
        ContractResolution asked = given(null, "data.prompt_format=expert");
        assertThat(asked.contract().template(String::length)).isInstanceOf(ExpertTemplate.class);
        assertThat(asked.notes())
                .containsExactly(adapter + " has no sqltune.json: asked as the command line says,"
                        + " data.prompt_format=expert data.schema_format=table");
    }

    @Test
    void aModelOfTheUsersOwnPromptsIsAskedWithAWarning() throws IOException {
        ContractFile.writeInto(adapter, PromptContract.ofTraining(settings(null), true, List.of(), 64));

        ContractResolution asked = given(null, "data.prompt_format=expert");

        assertThat(asked.contract().promptFormat()).isEqualTo(DataSettings.PromptFormat.EXPERT);
        assertThat(asked.notes())
                .singleElement()
                .asString()
                .contains("prompts of its user's own", "asked as data.prompt_format=expert");
    }

    @Test
    void theBasesFolderIsNotLookedForWhereTheAdapterDecides() throws IOException {
        contract(adapter, PLAIN);
        ContractResolution asked = ContractResolution.of(
                adapter,
                "org/base",
                () -> {
                    throw new IllegalStateException("The base would be downloaded");
                },
                settings(null),
                GivenSettings.NONE);
        assertThat(asked.contract()).isEqualTo(of(PLAIN));
    }

    private ContractResolution given(@Nullable Path file, String... overrides) {
        return ContractResolution.of(
                adapter,
                model.toString(),
                () -> model,
                settings(file, overrides),
                GivenSettings.of(file, List.of(overrides)));
    }

    private static DataSettings settings(@Nullable Path file, String... overrides) {
        return new RunConfigLoader(path -> true).load(file, List.of(overrides)).data();
    }

    private void runConfig(String yaml) throws IOException {
        Files.writeString(folder.resolve("run/config.yaml"), yaml);
        Files.createFile(folder.resolve("run/metrics.jsonl"));
    }

    private static void contract(Path folder, String yaml) throws IOException {
        ContractFile.writeInto(folder, of(yaml));
    }

    private static PromptContract of(String yaml) {
        return PromptContract.of(
                new RunConfigLoader(path -> true).load("test", yaml, List.of()).data());
    }
}
