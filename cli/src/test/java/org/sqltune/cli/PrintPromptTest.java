package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.data.source.PromptCompletionFile;

/** {@code infer --print-prompt} against {@code data prepare}. Weights are never read: the adapter is its contract alone. */
class PrintPromptTest {
    private static final String QUESTION = "Who is “Joe”?";

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private TestCli cli;
    private Path database;
    private Path rows;
    private Path adapter;

    @BeforeEach
    void makeData() throws IOException, SQLException {
        log.start();
        logger().addAppender(log);
        cli = new TestCli(folder.resolve("cache"));
        database = folder.resolve("music.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE singer (id INTEGER PRIMARY KEY, name TEXT -- the stage name\n)");
            statement.execute("INSERT INTO singer VALUES (1, 'Joe'), (2, 'Änn'), (3, 'Eve'), (4, 'Zoe')");
        }
        rows = Files.writeString(
                folder.resolve("rows.jsonl"),
                "{\"id\": \"q\", \"question\": \"" + QUESTION + "\", \"sql\": \"SELECT 1\"}\n");
        adapter = Files.createDirectories(folder.resolve("copy"));
        Files.writeString(
                adapter.resolve("adapter_config.json"),
                JsonMapper.builder()
                        .build()
                        .createObjectNode()
                        .put("base_model_name_or_path", TestCli.tinyModel().toString())
                        .toString());
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("org.sqltune");
    }

    @ParameterizedTest
    @CsvSource({
        "plain, create_table, 3, false, null",
        "inst, table, 0, false, null",
        "inst, compact, 2, true, null",
        "expert, table, 3, true, null",
        "postgres, create_table, 1, true, null",
        "inst, create_table, 3, true, 12",
    })
    void theOutputIsThePreparedPromptAndNothingElse(
            String form, String schema, String samples, String comments, String tokens) throws IOException {
        List<String> settings = List.of(
                "data.prompt_format=" + form,
                "data.schema_format=" + schema,
                "data.schema_sample_values=" + samples,
                "data.schema_comments=" + comments,
                "data.schema_max_tokens=" + tokens);
        contract(settings);
        String prepared = prepared(settings);

        assertThat(ask("--question", QUESTION)).isZero();
        assertThat(cli.out()).isEqualTo(prepared);
        assertThat(cli.err()).isEmpty();
        assertThat(logged()).isEmpty();
    }

    @Test
    void aFileOfQuestionsGivesALineEach() throws IOException {
        contract(List.of("data.schema_sample_values=2"));
        String prepared = prepared(List.of("data.schema_sample_values=2"));

        assertThat(ask("--questions", rows.toString())).isZero();
        var row = JsonMapper.builder().build().readTree(cli.out());
        assertThat(row.path("id").asText()).isEqualTo("q");
        assertThat(row.path("prompt").asText()).isEqualTo(prepared);
        assertThat(cli.out().lines()).hasSize(1);
    }

    @Test
    void withoutAContractOneLineSaysWhatDecided() {
        assertThat(ask("--question", QUESTION)).isZero();
        assertThat(cli.out()).startsWith("[INST] ").endsWith(QUESTION + " [/INST]");
        assertThat(logged())
                .containsExactly(adapter + " has no sqltune.json: asked with the default prompts,"
                        + " data.prompt_format=inst data.schema_format=table");
    }

    @Test
    void aTypedSettingThatContradictsIsNamedWithBothValues() throws IOException {
        contract(List.of("data.prompt_format=plain"));
        assertThat(ask("--question", QUESTION, "data.prompt_format=inst")).isZero();
        assertThat(cli.out()).startsWith("[INST] ");
        assertThat(logged())
                .singleElement()
                .asString()
                .contains("data.prompt_format is inst on the command line", "says plain: inst is used");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "format_version" : 1     | "format_version" : 7     | format_version 7, and this version of SqlTune reads 1 to 2: update SqlTune
            "prompt_format" : "inst" | "prompt_format" : "chat" | prompt_format is "chat" instead of one of inst, expert, postgres, plain, template, text
            "schema_comments" : false | "schema_comments" : true | was changed: its hash is
            "dialect"                | "dialects"               | has unknown keys, dialects
            {                        | [                        | is damaged:
            """)
    void aContractThatCannotBeUsedIsOneLineAndExitCode1(String good, String bad, String message) throws IOException {
        contract(List.of());
        Path file = adapter.resolve("sqltune.json");
        Files.writeString(file, Files.readString(file).replace(good, bad));
        for (String option : List.of("--print-prompt", "--max-new-tokens=3")) {
            cli = new TestCli(folder.resolve("cache"));
            assertThat(ask(option, "--question", QUESTION)).isEqualTo(1);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("sqltune: " + file)
                    .contains(message);
        }
    }

    @Test
    void anInteractiveSessionHasNoPromptToPrint() {
        assertThat(ask("--interactive")).isEqualTo(2);
        assertThat(cli.err()).contains("give --question or --questions");
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private int ask(String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("infer", "--adapter-path", adapter.toString(), "--db", database.toString()));
        all.addAll(List.of(arguments));
        if (!all.contains("--max-new-tokens=3") && !all.contains("--print-prompt")) {
            all.add("--print-prompt");
        }
        return cli.run(all.toArray(String[]::new));
    }

    private void contract(List<String> settings) throws IOException {
        ContractFile.writeInto(
                adapter,
                PromptContract.ofTraining(
                        new RunConfigLoader().load(null, settings).data(), false, List.of("</s>"), 512));
    }

    private String prepared(List<String> settings) {
        Path out = folder.resolve("prepared");
        List<String> all = new ArrayList<>(List.of(
                "data",
                "prepare",
                "--base-model",
                TestCli.tinyModel().toString(),
                "--output-dir=" + out,
                "data.train_file=" + rows,
                "data.database=" + database));
        all.addAll(settings);
        TestCli preparing = new TestCli(folder.resolve("cache"));
        assertThat(preparing.run(all.toArray(String[]::new))).as(preparing::err).isZero();
        return PromptCompletionFile.read(out.resolve("train.jsonl")).get(0).prompt();
    }
}
