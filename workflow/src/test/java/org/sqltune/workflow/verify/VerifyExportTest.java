package org.sqltune.workflow.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.model.ExportModel;

/** Exported files of the tiny model, in llama.cpp itself. */
class VerifyExportTest {
    private static final int QUESTIONS = 4;

    @TempDir
    private Path folder;

    private final TestWorkspace.Tasks tasks = new TestWorkspace.Tasks();
    private Workspace workspace;
    private Path questions;

    @BeforeEach
    void makeData() throws IOException, SQLException {
        workspace = TestWorkspace.in(folder);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (name text, price real)");
            statement.executeUpdate("INSERT INTO item VALUES ('nail', 1), ('screw', 2)");
        }
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < QUESTIONS; i++) {
            rows.append("{\"id\": \"q" + i + "\", \"question\": \"Which items cost more than " + 7 * i
                    + "?\", \"sql\": \"SELECT name FROM item WHERE price > " + 7 * i + "\"}\n");
        }
        questions = Files.writeString(folder.resolve("questions.jsonl"), rows);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private static Path adapter() {
        return TestWorkspace.tinyModel().resolve("trained_adapter");
    }

    private VerifyResult verify(Path gguf, Path model, Path adapter, boolean tokenIds) {
        List<String> keys = List.of(
                "model.name=" + model, "data.database=" + folder.resolve("shop.sqlite"), "inference.max_new_tokens=12");
        ModelRequest asked = new ModelRequest(RunRequest.of(null, keys), adapter);
        return new VerifyExport(workspace).run(new VerifyRequest(asked, gguf, questions, tokenIds), tasks);
    }

    private Path export(Path model, GgufFileType type) {
        Path file = folder.resolve(model.getFileName() + "-" + type + ".gguf");
        GgufExport.write(model, file, type, false, ProgressListener.NONE);
        return file;
    }

    @Test
    void aFileInSinglePrecisionAnswersAsItsModel() throws IOException {
        Path file = export(TestWorkspace.tinyModel(), GgufFileType.F32);
        VerifyResult result = verify(file, TestWorkspace.tinyModel(), null, false);

        result.require();
        assertThat(result.samePrompts()).isEqualTo(QUESTIONS);
        assertThat(result.sameAnswers()).isEqualTo(QUESTIONS);
        assertThat(result.sameTokens()).isEqualTo(1);
        assertThat(result.tokens()).isBetween(4 * QUESTIONS, 12 * QUESTIONS);
        assertThat(result.answers()).allSatisfy(each -> {
            assertThat(each.answer()).isNotBlank();
            assertThat(each.promptTokens()).isGreaterThan(10);
        });
        assertThat(result.own().total()).isEqualTo(QUESTIONS);
        assertThat(result.other()).isEqualTo(result.own());
        assertThat(result.summary().tables().get(0).rows())
                .contains(List.of("the same answers", "4 of 4", "all", "met"));
        JsonNode json = JsonMapper.builder().build().readTree(result.report().toFile());
        assertThat(result.report()).hasFileName(file.getFileName() + ".verify.json");
        assertThat(json.path("met").asBoolean()).isTrue();
        assertThat(json.path("answers")).hasSize(QUESTIONS);
        assertThat(json.path("answers").get(0).path("answer_llama_cpp").asText())
                .isEqualTo(result.answers().get(0).other());
    }

    @Test
    void anAdaptersFileIsFoundToBeNoneOfItsBase() {
        Path file = folder.resolve("tuned.gguf");
        new ExportModel(workspace)
                .run(
                        new ExportModel.Request(
                                TestWorkspace.tinyModel().toString(), adapter(), GgufFileType.F32, false, file),
                        tasks);
        verify(file, TestWorkspace.tinyModel(), adapter(), false).require();

        VerifyResult base = verify(file, TestWorkspace.tinyModel(), null, false);
        assertThat(base.met()).isFalse();
        assertThat(base.answers()).anyMatch(each -> each.firstOtherToken() != null);
        assertThatThrownBy(base::require)
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(file + " (f32) doesn't answer as " + TestWorkspace.tinyModel() + ": ")
                .hasMessageContaining("answers are others")
                .hasMessageEndingWith("see " + base.report());
    }

    @Test
    void weightsOfAnotherModelAreFoundInCoarseTypesToo() throws IOException {
        Path other = copy("other");
        Path weights = other.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        int start =
                8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        // Every other number with another sign.
        for (int i = start + 3; i < bytes.length; i += 8) {
            bytes[i] ^= (byte) 0x80;
        }
        Files.write(weights, bytes);
        for (GgufFileType type : List.of(GgufFileType.Q8_0, GgufFileType.Q4_0)) {
            VerifyResult result = verify(export(other, type), TestWorkspace.tinyModel(), null, false);
            assertThat(result.samePrompts()).isEqualTo(QUESTIONS);
            assertThat(result.sameTokens()).as("%s", type).isLessThan(0.3);
            assertThatThrownBy(result::require).hasMessageContaining("of the tokens are the same, ");
        }
    }

    @Test
    void aTokenizerOfAnotherModelIsFound() throws IOException {
        Path other = copy("other");
        Path json = other.resolve("tokenizer.json");
        String text = Files.readString(json);
        assertThat(text).contains("\"e\":", "\"t\":");
        Files.writeString(
                json,
                text.replace("\"e\":", "\"?1\":").replace("\"t\":", "\"e\":").replace("\"?1\":", "\"t\":"));
        Path file = export(other, GgufFileType.F32);

        VerifyResult texts = verify(file, TestWorkspace.tinyModel(), null, false);
        assertThat(texts.samePrompts()).isZero();
        assertThatThrownBy(texts::require).hasMessageContaining("4 of 4 prompts are other tokens in llama.cpp");
        assertThat(texts.summary().remarks()).anyMatch(each -> each.contains("is read otherwise from token "));
        assertThat(verify(file, TestWorkspace.tinyModel(), null, true)
                        .summary()
                        .tables()
                        .get(0)
                        .rows())
                .noneMatch(row -> row.get(0).startsWith("prompts"));
    }

    @Test
    void aFileOfAnotherShapeIsRefusedBeforeAnythingIsLoaded() {
        Path file = export(TestWorkspace.tinyModel(), GgufFileType.Q8_0);
        assertThatThrownBy(() -> verify(file, Path.of("sqltune-nano"), null, false))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(file + " isn't of sqltune-nano: it has 2 layers instead of ")
                .hasMessageContaining(", 384 tokens instead of ")
                .hasMessageEndingWith("Name the model that it was exported from");
        assertThat(tasks.begun).isEmpty();
    }

    @Test
    void aFileThatIsMissingOrDamagedIsNamed() throws IOException {
        Path none = folder.resolve("none.gguf");
        assertThatThrownBy(() -> verify(none, TestWorkspace.tinyModel(), null, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--gguf " + none + ": there is no such file");
        Path whole = export(TestWorkspace.tinyModel(), GgufFileType.F32);
        Path cut = Files.write(
                folder.resolve("cut.gguf"), Arrays.copyOf(Files.readAllBytes(whole), (int) (Files.size(whole) / 2)));
        assertThatThrownBy(() -> verify(cut, TestWorkspace.tinyModel(), null, false))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(cut.toString());
    }

    /** With the questions of the run that made the model. */
    @Test
    void anExportIsVerifiedByItself() throws IOException {
        Path model = copy("run/final_model");
        Files.writeString(
                folder.resolve("run/config.yaml"),
                "data: {test_file: " + questions + ", database: " + folder.resolve("shop.sqlite")
                        + "}\ninference: {max_new_tokens: 8}\n");
        Path file = folder.resolve("tiny.gguf");
        ExportModel.Request request = new ExportModel.Request(model.toString(), null, GgufFileType.F32, false, file);
        new ExportModel(workspace).run(request, tasks);
        VerifyResult result =
                new VerifyExport(workspace).afterExport(request, tasks).orElseThrow();
        assertThat(result.answers()).hasSize(QUESTIONS);
        assertThat(result.samePrompts()).isEqualTo(QUESTIONS);
        assertThat(result.own().total()).isEqualTo(QUESTIONS);
        assertThat(result.own()).isEqualTo(result.other());
        assertThat(tasks.notes).contains(result.inWords());
    }

    @Test
    void whatKeepsAnExportFromBeingVerifiedIsARemark() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.gguf"), "GGUF");
        ExportModel.Request request =
                new ExportModel.Request(TestWorkspace.tinyModel().toString(), null, GgufFileType.F32, false, file);
        assertThat(new VerifyExport(workspace).afterExport(request, tasks)).isEmpty();
        assertThat(tasks.notes).singleElement().asString().startsWith(file + " wasn't verified: ");
    }

    private Path copy(String name) throws IOException {
        Path target = Files.createDirectories(folder.resolve(name));
        List<String> files =
                new ArrayList<>(List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"));
        for (String each : files) {
            Files.copy(TestWorkspace.tinyModel().resolve(each), target.resolve(each));
        }
        return target;
    }
}
