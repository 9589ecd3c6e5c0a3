package org.sqltune.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.TestFolders;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.parity.ParityFixture;

class TokenizerTest {
    private static final ParityFixture FIXTURE = ParityFixture.of("tiny_tokenizer");

    @TempDir
    private Path folder;

    /** A folder with config.json (BOS 1, EOS 2, padding 0) and both files of the tokenizer. */
    @BeforeEach
    void copyModel() {
        TestFolders.copyFixture("tiny_llama_with_tokenizer", folder);
    }

    @Test
    void idsEqualTransformersWithAndWithoutSpecialTokens() {
        try (Tokenizer tokenizer = load()) {
            JsonNode encodings = FIXTURE.json("expected.json").path("encodings");
            assertThat(encodings).isNotEmpty();
            for (JsonNode encoding : encodings) {
                String text = encoding.path("text").asText();
                long[] ids = ParityFixture.ids(encoding.path("ids"));
                assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
                assertThat(tokenizer.encodePrompt(text))
                        .as(text)
                        .isEqualTo(ParityFixture.ids(encoding.path("ids_with_special_tokens")));
                assertThat(tokenizer.decode(ids)).isEqualTo(text);
            }
        }
    }

    @Test
    void promptsAndCompletionsOfTextToSqlRowsEqualTransformers() throws IOException {
        JsonNode examples = ParityFixture.of("tiny_llama_with_tokenizer")
                .json("expected_eval.json")
                .path("examples");
        List<String> rows = Files.readAllLines(folder.resolve("data.jsonl"));
        assertThat(examples).hasSameSizeAs(rows);
        try (Tokenizer tokenizer = load()) {
            for (int i = 0; i < rows.size(); i++) {
                JsonNode row = new ObjectMapper().readTree(rows.get(i));
                assertThat(tokenizer.encodePrompt(row.path("prompt").asText()))
                        .isEqualTo(ParityFixture.ids(examples.path(i).path("prompt_ids")));
                assertThat(tokenizer.encodeCompletion(row.path("completion").asText()))
                        .isEqualTo(ParityFixture.ids(examples.path(i).path("completion_ids")));
            }
        }
    }

    @Test
    void specialTokensAreNotDoubled() {
        try (Tokenizer tokenizer = load()) {
            assertThat(tokenizer.encodePrompt("<s>SELECT")).isEqualTo(tokenizer.encodePrompt("SELECT"));
            assertThat(tokenizer.encodeCompletion("SELECT</s>")).isEqualTo(tokenizer.encodeCompletion("SELECT"));
            assertThat(tokenizer.encodePrompt("SELECT")).startsWith(1).doesNotContain(2);
            assertThat(tokenizer.encodeCompletion("SELECT")).endsWith(2).doesNotContain(1);
        }
    }

    @Test
    void specialTokensAreLeftOutOfText() {
        try (Tokenizer tokenizer = load()) {
            assertThat(tokenizer.decode(tokenizer.encodePrompt("SELECT 1"))).isEqualTo("SELECT 1");
            assertThat(tokenizer.decode(tokenizer.encodeCompletion("SELECT 1"))).isEqualTo("SELECT 1");
            assertThat(tokenizer.decode(new long[0])).isEmpty();
        }
    }

    @Test
    void emptyTextsAreTheirSpecialTokensAlone() {
        try (Tokenizer tokenizer = load()) {
            assertThat(tokenizer.encode("")).isEmpty();
            assertThat(tokenizer.encodePrompt("")).containsExactly(1);
            assertThat(tokenizer.encodeCompletion("")).containsExactly(2);
        }
    }

    @Test
    void longTextsAreNeitherCutNorPadded() {
        try (Tokenizer tokenizer = load()) {
            long[] one = tokenizer.encode("SELECT name, ");
            long[] many = tokenizer.encode("SELECT name, ".repeat(1000));
            assertThat(many.length).isGreaterThan(500 * one.length);
            assertThat(tokenizer.decode(many)).isEqualTo("SELECT name, ".repeat(1000));
        }
    }

    @Test
    void aSpecialTokenMayBeAnObject() {
        editSettings(settings -> {
            settings.putObject("bos_token").put("content", "</s>").put("lstrip", false);
            settings.putObject("eos_token").put("content", "<s>").put("special", true);
        });
        assertSpecial(2, 1, 0);
    }

    @Test
    void aSpecialTokenMayBeAnyPieceOfTheVocabulary() {
        String piece = FIXTURE.json("tokenizer.json").path("model").path("vocab").properties().stream()
                .filter(entry -> entry.getValue().asInt() == 300)
                .findFirst()
                .orElseThrow()
                .getKey();
        editSettings(settings -> settings.put("bos_token", piece));
        assertSpecial(300, 2, 0);
    }

    @Test
    void aTokenThatIsNullIsNone() {
        editSettings(settings -> {
            settings.putNull("bos_token");
            settings.putNull("eos_token");
            settings.putNull("pad_token");
        });
        assertSpecial(null, null, null);
        try (Tokenizer tokenizer = load()) {
            long[] ids = tokenizer.encode("SELECT");
            assertThat(tokenizer.encodePrompt("SELECT")).isEqualTo(ids);
            assertThat(tokenizer.encodeCompletion("SELECT")).isEqualTo(ids);
        }
    }

    @Test
    void aTokenThatIsNotMentionedComesFromTheModelsConfig() {
        editSettings(settings -> {
            settings.remove("bos_token");
            settings.remove("eos_token");
            settings.remove("pad_token");
        });
        editConfig(config -> {
            config.put("bos_token_id", 11);
            config.putArray("eos_token_id").add(12).add(13);
            config.remove("pad_token_id");
        });
        assertSpecial(11, 12, null);
    }

    @Test
    void withoutTokenizerConfigAllComesFromTheModelsConfig() throws IOException {
        Files.delete(folder.resolve("tokenizer_config.json"));
        editConfig(config -> config.put("eos_token_id", 12));
        assertSpecial(1, 12, 0);
    }

    @Test
    void addBosTokenFalseMeansNoBos() {
        editSettings(settings -> settings.put("add_bos_token", false));
        assertSpecial(null, 2, 0);
        editSettings(settings -> settings.putNull("add_bos_token"));
        assertSpecial(1, 2, 0);
        editSettings(settings -> settings.remove("add_bos_token"));
        assertSpecial(1, 2, 0);
    }

    @Test
    void aTokenThatTheVocabularyLacksIsNamed() {
        editSettings(settings -> settings.put("eos_token", "<|end|>"));
        assertRefused("tokenizer_config.json", "eos_token '<|end|>'");
    }

    @Test
    void aMissingTokenizerIsNamedWithTheRemedy() throws IOException {
        Files.delete(folder.resolve("tokenizer.json"));
        assertRefused(folder + " has no tokenizer.json", "AutoTokenizer");
    }

    @Test
    void aDamagedTokenizerIsNamedInOneLine() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"version\": \"1.0\",\n\"model\": {}}");
        assertRefused("tokenizer.json");
        Files.writeString(folder.resolve("tokenizer.json"), "{\n");
        assertRefused("tokenizer.json");
    }

    @Test
    void damagedSettingsAreNamedInOneLine() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\n\"bos_token\": ");
        assertRefused("tokenizer_config.json");
    }

    @Test
    void aPieceBeyondTheEmbeddingIsNamedWithBothSizes() {
        int size = DecoderConfigReader.read(folder).vocabSize();
        editTokenizer(tokenizer -> ((ObjectNode) tokenizer.path("model").path("vocab")).put("[NEW\n]", size));
        assertRefused(
                "tokenizer.json: token '[NEW\\n]' has id " + size + ", but vocab_size in config.json is " + size,
                "resize_token_embeddings(" + (size + 1) + ")");
        editConfig(config -> config.put("vocab_size", size / 2));
        assertRefused("but vocab_size in config.json is " + size / 2);
    }

    /** Such as a padding token that was added for another trainer: Python loads such a model, too. */
    @Test
    void anAddedTokenBeyondTheEmbeddingIsNoReasonToRefuse() {
        int size = DecoderConfigReader.read(folder).vocabSize();
        editTokenizer(tokenizer -> ((ArrayNode) tokenizer.path("added_tokens"))
                .addObject()
                .put("id", size)
                .put("content", "[NEW]")
                .put("special", true)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false));
        assertSpecial(1, 2, 0);
    }

    @Test
    void anEmbeddingMayHaveMoreRowsThanThereAreTokens() {
        editConfig(
                config -> config.put("vocab_size", 2 * config.path("vocab_size").asInt()));
        assertSpecial(1, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "'5'", "1.5", "null", "3000000000"})
    void anIdThatIsNoneIsNamed(String id) {
        editTokenizer(tokenizer -> ((ArrayNode) tokenizer.path("added_tokens"))
                .addObject()
                .put("content", "[NEW]")
                .set("id", TestFolders.json(id)));
        assertRefused("tokenizer.json: token '[NEW]' has id " + TestFolders.json(id));
    }

    @Test
    void anIdOfTheSettingsThatIsNoneIsNamed() {
        editSettings(settings ->
                settings.putObject("added_tokens_decoder").putObject("two").put("content", "<s>"));
        assertRefused("tokenizer_config.json: added_tokens_decoder names the id 'two'");
    }

    @Test
    void manyThreadsMayUseOne() {
        try (Tokenizer tokenizer = load()) {
            long[] expected = tokenizer.encodePrompt("SELECT name FROM singer");
            assertThat(IntStream.range(0, 200)
                            .parallel()
                            .mapToObj(i -> tokenizer.encodePrompt("SELECT name FROM singer")))
                    .allSatisfy(ids -> assertThat(ids).isEqualTo(expected));
        }
    }

    private Tokenizer load() {
        return Tokenizer.load(folder, DecoderConfigReader.read(folder));
    }

    private void assertSpecial(Integer bos, Integer eos, Integer pad) {
        try (Tokenizer tokenizer = load()) {
            assertThat(tokenizer.special()).isEqualTo(new SpecialTokens(bos, eos, pad));
        }
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(this::load)
                .isInstanceOf(SqlTuneException.class)
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }

    private void editSettings(Consumer<ObjectNode> change) {
        TestFolders.editJson(folder.resolve("tokenizer_config.json"), change);
    }

    private void editTokenizer(Consumer<ObjectNode> change) {
        TestFolders.editJson(folder.resolve("tokenizer.json"), change);
    }

    private void editConfig(Consumer<ObjectNode> change) {
        TestFolders.editJson(folder.resolve("config.json"), change);
    }
}
