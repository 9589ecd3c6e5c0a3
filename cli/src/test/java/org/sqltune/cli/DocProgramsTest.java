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
import java.util.ArrayList;
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

/** The Java programs of the README and of docs/ compile as they stand there; one trains, the others use what it trained. */
class DocProgramsTest {
    private static final Pattern CLASS_NAME = Pattern.compile("(?m)^public class (\\w+)");
    private static final String QUESTION = "How many people work here?";
    private static final String GOLD = "SELECT count(*) FROM staff";

    @TempDir
    private Path folder;

    private final List<Program> programs = new ArrayList<>();
    private Path database;

    /**
     * A compiled program.
     *
     * @param name of its class
     * @param page where it stands
     * @param classes the folder of its class file
     */
    private record Program(String name, DocPage page, Path classes) {}

    @BeforeEach
    void compile() throws IOException, SQLException {
        for (DocPage.Block block : DocPage.blocks("java")) {
            programs.add(compile(block));
        }
        database = folder.resolve("shop.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE staff (name text)");
            statement.executeUpdate("INSERT INTO staff VALUES ('Ada'), ('Grace'), ('Edsger')");
        }
    }

    @Test
    void oneTrainsAndTheOthersAnswerWithWhatWasTrained() throws Exception {
        String model = TestCli.tinyModel().toAbsolutePath().normalize().toString();
        Path output = folder.resolve("out");
        assertThat(programs)
                .as("a program that this test doesn't run")
                .extracting(Program::name)
                .containsOnly("Tune", "Ask");
        for (Program program : named("Tune")) {
            String trained = run(program, configuration(model, output).toString());
            assertThat(trained).startsWith(output.resolve("final_model") + ": loss ");
        }
        for (Program program : named("Ask")) {
            String adapter = output.resolve("final_model").toString();
            List<String> answer =
                    run(program, adapter, database.toString(), QUESTION).lines().toList();
            boolean executes = !program.page().equals(DocPage.readme());
            assertThat(answer).isEqualTo(executes ? List.of(GOLD, "[3]") : List.of(GOLD));
        }
    }

    private List<Program> named(String name) {
        return programs.stream().filter(program -> program.name().equals(name)).toList();
    }

    /** Each in a folder of its own, as two pages may show a class of the same name. */
    private Program compile(DocPage.Block block) throws IOException {
        Matcher name = CLASS_NAME.matcher(block.text());
        assertThat(name.find()).as(block.text()).isTrue();
        Path classes = Files.createDirectory(folder.resolve("program" + programs.size()));
        Path source = Files.writeString(classes.resolve(name.group(1) + ".java"), block.text());
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
        return new Program(name.group(1), block.page(), classes);
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
    private static String run(Program program, String... arguments) throws Exception {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {program.classes().toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(program.name()).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(standardOutput);
        }
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
