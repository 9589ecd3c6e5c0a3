package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.core.io.FolderLock;

/** What doesn't fit together is said in a line, or refused. */
class SaidOrRefusedTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SCHEMA = "TABLE: staff ( name (text) )";

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private TestCli cli;
    private Path model;

    @BeforeEach
    void makeFiles() throws IOException {
        log.start();
        logger().addAppender(log);
        cli = new TestCli(folder.resolve("cache"));
        model = Files.createDirectory(folder.resolve("model"));
        try (Stream<Path> files = Files.list(TestCli.tinyModel())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        for (String name : List.of("predictions.json", "gold.json", "pred.sql", "rows.jsonl")) {
            Files.writeString(folder.resolve(name), "{}");
        }
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("org.sqltune");
    }

    @Test
    void aTokenizerThatEndsTextsOtherwiseThanTheModelIsTold() throws IOException {
        edit("config.json", config -> config.put("eos_token_id", 7));
        assertThat(ask()).isZero();
        assertThat(logged()).anyMatch(line -> line.contains("tokenizer_config.json ends a text with </s> (2)"));
    }

    @Test
    void aPromptBeyondTheModelsPositionsIsRefused() throws IOException {
        edit("config.json", config -> config.put("max_position_embeddings", 16));
        assertThat(ask()).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err())
                .containsPattern("The prompt has \\d+ tokens, and the model reads 16 of prompt and answer");
    }

    @Test
    void anEmptyAnswerIsTold() throws IOException {
        int tokens = JSON.readTree(model.resolve("config.json").toFile())
                .path("vocab_size")
                .asInt();
        edit("generation_config.json", config -> {
            for (int id = 0; id < tokens; id++) {
                config.withArray("eos_token_id").add(id);
            }
        });
        assertThat(ask()).isOne();
        assertThat(logged()).anyMatch(line -> line.startsWith("1 of 1 answers is empty"));
    }

    @Test
    void aNumberThatIsNoneEndsInferEvalAndMerge() throws IOException {
        Path weights = model.resolve("model.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.seek(file.length() - 4);
            file.write(new byte[] {0, 0, (byte) 0xc0, 0x7f});
        }
        String fault = "sqltune: " + weights + ": tensor ";
        assertThat(ask()).isOne();
        assertThat(cli.err()).contains(fault, " holds NaN or infinity");
        Path rows = Files.writeString(
                folder.resolve("loss.jsonl"), "{\"prompt\": \"How many?\", \"completion\": \"SELECT 1\"}\n");
        assertThat(cli.run("eval", "--model", model.toString(), "--data", rows.toString()))
                .isOne();
        assertThat(cli.err()).contains(fault);
    }

    @Test
    void aLimitAboveTheModelsPositionsIsTold() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), "{\"prompt\": \"How many?\", \"completion\": \"SELECT 1\"}\n");
        assertThat(cli.run(
                        "train",
                        "--model",
                        model.toString(),
                        "--output-dir",
                        folder.resolve("out").toString(),
                        "data.train_file=" + folder.resolve("rows.jsonl"),
                        "data.validation_split=0",
                        "training.max_steps=1",
                        "training.max_length=600",
                        "training.report_to=none"))
                .isZero();
        assertThat(logged())
                .anyMatch(line -> line.startsWith("training.max_length 600 is above the 512 positions")
                        && line.contains("0 of 1 training examples"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "infer -q Who? --schema @S --output a.jsonl: --output is for --questions",
                "infer --examples --schema @S: --examples asks the demo databases",
                "infer -q Who? --schema @S --adapter x=@F: --adapter is for --questions and --interactive",
                "eval --predictions @F/pred.sql --gold @F/gold.json --databases @F --benchmark bird --tables @F/gold.json"
                        + ": --tables, Spider's tables.json, says nothing for bird",
                "eval --predictions @F/pred.sql --gold @F/gold.json --databases @F --benchmark wikisql --ves-runs 3"
                        + ": --ves-runs, of BIRD, does nothing for wikisql",
                "eval --predictions @F/pred.sql --gold @F/gold.json --databases @F --benchmark bird --plug-value"
                        + ": --plug-value, of Spider's test suite, does nothing for bird",
                "eval --predictions @F/pred.sql --gold @F/gold.json --databases @F --benchmark bird --components"
                        + ": --components is for spider and cspider",
                "eval --predictions @F/pred.sql --gold @F/gold.json --databases @F --benchmark bird --adapter-path @F"
                        + ": --adapter-path has no effect on --predictions",
                "eval --predictions @F/pred.sql --gold @F/gold.json --databases @F --benchmark bird --max-samples 3"
                        + ": evaluation.max_samples=3 has no effect on --predictions",
                "eval --answers @F/rows.jsonl --adapter-path @F: --adapter-path has no effect on --answers",
                "data audit --train @F/rows.jsonl data.path=x: --config, keys, --max-samples and --skip-bad have no effect",
                "train --allow-changes rank,data: --allow-changes: is for --resume",
                "train --resume --allow-changes colour: Invalid value for option '--allow-changes'"
            })
    void anOptionThatHasNoEffectIsRefused(String arguments) {
        int end = arguments.indexOf(": ");
        String[] words = Arrays.stream(arguments.substring(0, end).split(" "))
                .map(word -> word.equals("@S") ? SCHEMA : word.replace("@F", folder.toString()))
                .toArray(String[]::new);
        assertThat(cli.run(words)).isEqualTo(2);
        assertThat(cli.err()).contains(arguments.substring(end + 2));
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void aFolderThatAnotherProcessWritesIsRefused() {
        Path out = folder.resolve("out");
        try (FolderLock held = FolderLock.inside(out, "--output-dir")) {
            assertThat(held).isNotNull();
            List<List<String>> commands = List.of(
                    List.of("eval", "--model", model.toString(), "--output-dir", out.toString()),
                    List.of("data", "prepare", "--output-dir", out.toString()),
                    List.of("data", "demo", "--output-dir", out.toString()),
                    List.of("train", "--output-dir", out.toString()));
            for (List<String> command : commands) {
                assertThat(cli.run(command.toArray(String[]::new)))
                        .as("%s", command)
                        .isEqualTo(2);
            }
            assertThat(cli.err().lines().filter(line -> line.contains(out + ": is in use by another run")))
                    .hasSize(commands.size());
        }
        assertThat(out).doesNotExist();
    }

    private int ask() {
        return cli.run("infer", "--model", model.toString(), "-q", "Who?", "--schema", SCHEMA, "--max-new-tokens", "3");
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void edit(String name, Consumer<ObjectNode> change) throws IOException {
        Path file = model.resolve(name);
        ObjectNode object = Files.exists(file) ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode();
        object.remove("eos_token_id");
        change.accept(object);
        JSON.writeValue(file.toFile(), object);
    }
}
