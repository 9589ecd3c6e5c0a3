package org.sqltune.data.prompt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.AskedDatabase;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.source.OwnFilesSource;

/** What a run trained on and what its contract asks of the live database are the same bytes, whatever the settings. */
class LivePromptsTest {
    private static final String QUESTION = "Which songs of “Joe” are there?";

    @TempDir
    private Path folder;

    private final Map<Integer, Schema> schemas = new HashMap<>();
    private String database = "";
    private Path rows = Path.of("rows.jsonl");

    @BeforeEach
    void makeData() throws SQLException, IOException {
        database = folder.resolve("music.sqlite").toString();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE singer (id INTEGER PRIMARY KEY, name TEXT, -- the stage name\n"
                    + "\"net worth\" REAL, photo BLOB)");
            statement.execute("CREATE TABLE song (singer_id INTEGER REFERENCES singer (id), no INTEGER,"
                    + " title VARCHAR(40) /* as printed */, PRIMARY KEY (singer_id, no))");
            statement.execute("CREATE TABLE \"nothing\" (x)");
            statement.execute("INSERT INTO singer VALUES (1, 'Joe', 1.5e10, x'00'), (2, 'O''Hara', 2, NULL),"
                    + " (3, 'Joe', NULL, NULL), (4, 'Ann\nLee', 0.1, NULL)");
            statement.execute("INSERT INTO song VALUES (1, 1, 'One'), (1, 2, 'Two'), (2, 1, 'One'), (2, 2, 'Ünö')");
        }
        rows = Files.writeString(
                folder.resolve("rows.jsonl"),
                "{\"question\": \"" + QUESTION + "\", \"sql\": \"SELECT title FROM song\"}\n");
    }

    @Test
    void theContractAsksForWhatWasTrainedOn() throws IOException {
        for (String samples : List.of("null", "0", "3")) {
            DataSettings first = settings(PromptFormat.INST, SchemaFormat.TABLE, samples, "false", "null", "null");
            Example trained = new OwnFilesSource(
                            rows, null, null, ColumnMapping.IDENTITY, AskedDatabase.of(first), false)
                    .prepare()
                    .train()
                    .get(0);
            for (PromptFormat form : PromptFormat.values()) {
                for (SchemaFormat schema : SchemaFormat.values()) {
                    for (String comments : List.of("true", "false")) {
                        for (String tokens : List.of("null", "20")) {
                            for (String keys : List.of("null", "true", "false")) {
                                check(trained, settings(form, schema, samples, comments, tokens, keys));
                            }
                        }
                    }
                }
            }
        }
    }

    private void check(Example trained, DataSettings data) throws IOException {
        String prepared = PromptTemplate.of(data).render(trained.toQuestion());

        ContractFile.writeInto(folder, PromptContract.ofTraining(data, false, List.of("</s>"), 64));
        PromptContract contract = ContractResolution.of(null, folder).contract();

        // Another adapter's contract may ask for more values of the same database.
        for (int samples : List.of(contract.sampleValues(), 5)) {
            Schema live = schemas.computeIfAbsent(samples, count -> new DatabaseIntrospection(count).read(database));
            SqlQuestion asked = new SqlQuestion("1", live.databaseId(), QUESTION, live);
            assertThat(contract.template(TokenEstimate::of).render(asked))
                    .as(contract.toString())
                    .isEqualTo(prepared);
        }
        if (contract.schemaMaxTokens() == null) {
            assertThat(prepared.contains("the stage name")).isEqualTo(contract.comments());
            assertThat(prepared.contains("'Joe'")).isEqualTo(contract.sampleValues() > 0);
        }
    }

    private DataSettings settings(
            PromptFormat form, SchemaFormat schema, String samples, String comments, String tokens, String keys)
            throws IOException {
        Path own = Files.writeString(folder.resolve("own.txt"), "{schema}\nAsked: {question}\n");
        return new RunConfigLoader()
                .load(
                        null,
                        List.of(
                                "data.prompt_template=" + (form == PromptFormat.TEMPLATE ? own : "null"),
                                "data.train_file=" + rows,
                                "data.database=" + database,
                                "data.prompt_format=" + form,
                                "data.schema_format=" + schema,
                                "data.schema_sample_values=" + samples,
                                "data.schema_comments=" + comments,
                                "data.schema_max_tokens=" + tokens,
                                "data.schema_primary_keys=" + keys,
                                "data.schema_foreign_keys=" + keys))
                .data();
    }
}
