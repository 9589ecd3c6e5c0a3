package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.Tokenizer;

class PromptTemplatesTest {
    private static final int LIMIT = 150;

    @TempDir
    private Path folder;

    private Path database;
    private Path rows;

    @BeforeEach
    void makeData() throws IOException, SQLException {
        database = folder.resolve("wide.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(IntStream.range(0, 60)
                    .mapToObj(i -> "zxqvw" + i + " INTEGER")
                    .collect(Collectors.joining(", ", "CREATE TABLE animal (name TEXT -- what it is called\n, ", ")")));
        }
        rows = Files.writeString(
                folder.resolve("rows.jsonl"),
                "{\"question\": \"What is the name?\", \"sql\": \"SELECT name FROM animal\"}\n");
    }

    @Test
    void aLimitOnSchemasCountsTheTokensOfTheRunsModel() {
        String schema = schema("data.schema_max_tokens=" + LIMIT);

        Path model = TestCli.tinyModel();
        try (Tokenizer tokenizer = Tokenizer.load(model, DecoderConfigReader.read(model))) {
            int tokens = tokenizer.encode(schema).length;
            assertThat(tokens).isBetween(LIMIT - 20, LIMIT);
            // By the estimate there would have been room for more, or it would have been too much.
            assertThat(Math.abs(TokenEstimate.of(schema) - tokens)).isGreaterThan(20);
        }
        assertThat(schema("")).contains("zxqvw59");
    }

    @Test
    void preparedPromptsShowWhatTheRunWouldShow() {
        assertThat(schema("data.schema_comments=true")).contains("what it is called");
        assertThat(schema("")).doesNotContain("what it is called");
    }

    private String schema(String setting) {
        Path out = folder.resolve("out");
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(cli.run(
                        "data",
                        "prepare",
                        "--base-model",
                        TestCli.tinyModel().toString(),
                        "data.train_file=" + rows,
                        "data.database=" + database,
                        "--output-dir=" + out,
                        setting.isEmpty() ? "data.schema_comments=false" : setting))
                .as(cli::err)
                .isZero();
        String prompt =
                PromptCompletionFile.read(out.resolve("train.jsonl")).get(0).prompt();
        return prompt.lines()
                .filter(line -> line.startsWith("TABLE: "))
                .findFirst()
                .orElseThrow();
    }
}
