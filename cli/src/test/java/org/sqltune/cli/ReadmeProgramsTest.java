package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.data.prompt.SchemaSerializer;

/** The README's Java programs, taken from the README: they compile, one trains and the other uses what was trained. */
class ReadmeProgramsTest {
    private static final Pattern CLASS_NAME = Pattern.compile("(?m)^public class (\\w+)");
    private static final String QUESTION = "How many people work here?";
    private static final String GOLD = "SELECT count(*) FROM staff";

    @TempDir
    private Path folder;

    private Path database;

    @BeforeEach
    void compile() throws IOException, SQLException {
        for (String program : Readme.blocks("java")) {
            Matcher name = CLASS_NAME.matcher(program);
            assertThat(name.find()).as(program).isTrue();
            Path source = Files.writeString(folder.resolve(name.group(1) + ".java"), program);
            ByteArrayOutputStream messages = new ByteArrayOutputStream();
            int code = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            messages,
                            messages,
                            "-Xlint:all,-processing",
                            "-proc:none",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            source.toString());
            assertThat(code).as(messages::toString).isZero();
        }
        database = folder.resolve("shop.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE staff (name text)");
            statement.executeUpdate("INSERT INTO staff VALUES ('Ada'), ('Grace'), ('Edsger')");
        }
    }

    @Test
    void oneTrainsAndTheOtherAnswersWithWhatWasTrained() throws Exception {
        String model = TestCli.tinyModel().toAbsolutePath().normalize().toString();
        Path output = folder.resolve("out");
        String trained = run("Tune", configuration(model, output).toString());
        Path adapter = output.resolve("final_model");
        assertThat(trained).startsWith(adapter + ": loss ");

        String answer = run("Ask", model, adapter.toString(), database.toString(), QUESTION);
        assertThat(answer.lines()).containsExactly(GOLD, "[3]");
    }

    /** One question over and over, until even a model of forty thousand weights knows the answer. */
    private Path configuration(String model, Path output) throws IOException {
        String schema = new SchemaSerializer(SchemaFormat.TABLE).serialize(new SchemaReader().read(database));
        String row = JsonMapper.builder()
                .build()
                .writeValueAsString(Map.of("question", QUESTION, "schema", schema, "sql", GOLD));
        Path rows = Files.write(folder.resolve("rows.jsonl"), List.of(row, row));
        return Files.writeString(folder.resolve("my.yaml"), """
                model:
                  name: '%s'
                  dtype: fp32
                lora:
                  r: 8
                  lora_alpha: 16
                  lora_dropout: 0
                  target_modules: all-linear
                data:
                  train_file: '%s'
                  validation_split: 0
                training:
                  output_dir: '%s'
                  max_steps: 120
                  logging_steps: 10
                  per_device_train_batch_size: 2
                  gradient_accumulation_steps: 1
                  learning_rate: 2e-2
                """.formatted(model, rows, output));
    }

    /** Runs a program's main method in this process and returns what it printed. */
    private String run(String program, String... arguments) throws Exception {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(standardOutput);
        }
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
