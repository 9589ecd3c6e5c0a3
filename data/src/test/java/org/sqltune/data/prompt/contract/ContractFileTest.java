package org.sqltune.data.prompt.contract;

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
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.DataSettings;

class ContractFileTest {
    /** Computed with Python: sha256(json.dumps(…, sort_keys=True, separators=(",", ":"), ensure_ascii=False)). */
    private static final String HASH = "3eff185c4a36216600312022fb41780e501bbd4574639e6829804bd39bbdf0c1";

    /** Changes only where the words of {@code plain} prompts, or of CREATE TABLE in them, do: old models then warn. */
    private static final String PLAIN_WORDING = "3f1634b91e1f2b8b7c8030f76e88d61f408ba0f56a28643a227179b3679262bc";

    @TempDir
    private Path folder;

    @Test
    void theFileHasSortedKeysAndAHashThatStaysTheSame() throws IOException {
        ContractFile.writeInto(folder, contract());

        assertThat(Files.readString(folder.resolve("sqltune.json")).replace("\r\n", "\n"))
                .isEqualTo("""
                        {
                          "chat_template" : null,
                          "dialect" : "sqlite",
                          "format_version" : 1,
                          "hash" : "%s",
                          "max_length" : 512,
                          "prompt_format" : "plain",
                          "prompt_wording" : "%s",
                          "schema_comments" : true,
                          "schema_foreign_keys" : true,
                          "schema_format" : "create_table",
                          "schema_max_tokens" : null,
                          "schema_primary_keys" : true,
                          "schema_sample_values" : 3,
                          "stop" : [ "</s>" ]
                        }
                        """.formatted(HASH, PLAIN_WORDING));
        assertThat(ContractFile.read(folder)).contains(contract());
    }

    @Test
    void theHashIsThatOfTheContentAndNotOfItsLayout() throws IOException {
        write(text().replaceAll("\\s+", " "));
        assertThat(ContractFile.read(folder)).contains(contract());
    }

    @Test
    void valueLinksAreWrittenOnlyWhereThereAreSomeAndHaveWordsOfTheirOwn() throws IOException {
        PromptContract linked = PromptContract.ofTraining(settings(", value_links: 4"), false, List.of("</s>"), 512);
        ContractFile.writeInto(folder, linked);

        assertThat(text(folder)).contains("\"value_links\" : 4");
        assertThat(ContractFile.read(folder)).contains(linked);
        assertThat(linked.wording()).isNotEqualTo(PLAIN_WORDING);
        assertThat(linked.applyTo(settings()).schemas().valueLinks()).isEqualTo(4);
        write(text(folder).replace("\"value_links\" : 4", "\"value_links\" : 0"));
        refused("value_links is 0 instead of a whole number of at least 1");
    }

    @Test
    void aFolderWithoutTheFileHasNoContract() {
        assertThat(ContractFile.read(folder)).isEmpty();
    }

    @Test
    void promptsOfTheUsersOwnAreCalledText() throws IOException {
        PromptContract own = PromptContract.ofTraining(settings(), true, List.of("</s>"), 512);
        ContractFile.writeInto(folder, own);
        assertThat(text(folder)).contains("\"prompt_format\" : \"text\"");
        assertThat(ContractFile.read(folder)).contains(own);
    }

    @Test
    void aFileOfANewerVersionAsksForANewerProgram() throws IOException {
        write(text().replace("\"format_version\" : 1", "\"format_version\" : 3, \"anything\" : {}"));
        refused("has format_version 3, and this version of SqlTune reads 1 to 2: update SqlTune");
    }

    @Test
    void damagedJsonIsSaidWithItsLine() throws IOException {
        write(text().replace("\"dialect\" : \"sqlite\",", "\"dialect\" : \"sqlite\""));
        refused("doesn't belong there in JSON (line 4");
    }

    @Test
    void whatFollowsTheObjectIsDamageToo() throws IOException {
        write(text() + "{}");
        refused("is damaged");
    }

    @Test
    void aFileThatIsCutOffOrEmptyOrNoObjectIsRefused() throws IOException {
        write(text().substring(0, 60));
        refused("is damaged");
        write("");
        refused("holds nothing instead of a JSON object");
        write("[1]");
        refused("holds [1] instead of a JSON object");
    }

    @Test
    void aFileThatIsCutOffSpeaksOfNoParser() throws IOException {
        write("{\"format_version\": 1");
        assertThatThrownBy(() -> ContractFile.read(folder))
                .hasMessageContaining("is damaged: the JSON ends too early (line 1")
                .hasMessageNotContaining("Source");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Files.write(folder.resolve("sqltune.json"), new byte[] {(byte) 0xC3, (byte) 0x28, 0});
        refused("can't be read (it is not UTF-8 text)");
    }

    @Test
    void aContentThatTheHashDoesNotFitIsRefused() throws IOException {
        write(text().replace("\"schema_sample_values\" : 3", "\"schema_sample_values\" : 2"));
        refused("was changed: its hash is \"" + HASH + "\", that of its content ");
    }

    @Test
    void anUnknownPromptFormIsNamedWithThoseThatThereAre() throws IOException {
        write(text().replace("\"plain\"", "\"chatml\""));
        refused("prompt_format is \"chatml\" instead of one of inst, expert, postgres, plain, template, text: ");
    }

    @Test
    void unknownAndMissingKeysAreNamed() throws IOException {
        write(text().replace("\"dialect\" :", "\"dialekt\" : 1, \"dialect\" :"));
        refused("has unknown keys, dialekt: ");
        write(text().replace("\"dialect\" : \"sqlite\",", ""));
        refused("lacks dialect: ");
        write(text().replace("\"dialect\" : \"sqlite\",", "\"dialect\" : \"sqlite\", \"dialect\" : \"postgres\","));
        refused("is damaged");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "format_version" : 1       | "format_version" : "1"      | format_version is "1" instead of 1
            "format_version" : 1       | "format_version" : 0        | format_version is 0 instead of 1
            "dialect" : "sqlite"       | "dialect" : "oracle"        | dialect is "oracle" instead of one of sqlite, postgres
            "schema_comments" : true   | "schema_comments" : "yes"   | schema_comments is "yes" instead of true or false
            "schema_sample_values" : 3 | "schema_sample_values" : -1 | schema_sample_values is -1 instead of a whole number of at least 0
            "schema_sample_values" : 3 | "schema_sample_values" : 3e9 | schema_sample_values is 3.0E9 instead of a whole number
            "schema_max_tokens" : null | "schema_max_tokens" : 0     | schema_max_tokens is 0 instead of a whole number of at least 1
            "prompt_format" : "plain"  | "prompt_format" : 1         | prompt_format is 1 instead of a text
            "chat_template" : null     | "chat_template" : 7         | chat_template is 7 instead of a text
            "stop" : [ "</s>" ]        | "stop" : "</s>"             | stop is "</s>" instead of a list of texts
            "stop" : [ "</s>" ]        | "stop" : [ 2 ]              | stop is [2] instead of a list of texts
            "schema_format" : "create_table" | "schema_format" : "ddl" | schema_format is "ddl" instead of one of table, create_table, compact
            """)
    void aValueThatCannotBeIsNamed(String good, String bad, String message) throws IOException {
        write(text().replace(good, bad));
        refused(message);
    }

    private void refused(String message) {
        assertThatThrownBy(() -> ContractFile.read(folder))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(folder.resolve("sqltune.json").toString())
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.getMessage()).containsAnyOf("copy it again", "update SqlTune"));
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("sqltune.json"), text);
    }

    private String text() throws IOException {
        Path other = Files.createDirectories(folder.resolve("good"));
        ContractFile.writeInto(other, contract());
        return text(other);
    }

    private static String text(Path folder) throws IOException {
        return Files.readString(folder.resolve("sqltune.json"));
    }

    static PromptContract contract() {
        return PromptContract.ofTraining(settings(), false, List.of("</s>"), 512);
    }

    private static DataSettings settings() {
        return settings("");
    }

    private static DataSettings settings(String more) {
        return new RunConfigLoader(path -> true)
                .load(
                        "test",
                        "data: {prompt_format: plain, schema_format: compact, schema_comments: true,"
                                + " schema_sample_values: 3" + more + "}",
                        List.of())
                .data();
    }
}
