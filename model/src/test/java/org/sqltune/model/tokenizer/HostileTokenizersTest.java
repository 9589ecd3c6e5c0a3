package org.sqltune.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.TestFolders;
import org.sqltune.model.architecture.DecoderConfigReader;

/** Tokenizers that abort the process, or keep it busy for minutes, if the native library gets to see them: each was tried. */
class HostileTokenizersTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void copyModel() {
        TestFolders.copyFixture("tiny_llama_with_tokenizer", folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(?:(?:x*)y)*", "((.*)*)*x", "(?:ab+){2,}", ".*.*.*.*.*x"})
    void aPatternThatNeverEndsIsRefused(String pattern) {
        normalizer(replace("Regex", pattern, "x"));
        assertRefused("normalizer has a regular expression that ");
        splitBy(pattern);
        assertRefused("pre_tokenizer has a regular expression that ");
    }

    @Test
    void aPatternThatIsTooLargeIsRefused() {
        normalizer(replace("Regex", "a|".repeat(20_000), "x"));
        assertRefused("has 40000 characters, more than 20000");
        normalizer(replace("Regex", "(".repeat(60) + ")".repeat(60), "x"));
        assertRefused("has groups more than 50 levels deep");
        normalizer(replace("Regex", "(?:(?:a{1000}){1000})", "x"));
        assertRefused("repeats something more than 1000 times");
        normalizer(replace("Regex", "", "x"));
        assertRefused("is empty");
        normalizer(replace("String", "", "x"));
        assertRefused("normalizer has an empty pattern");
    }

    /** Those of GPT-2 and GPT-4, Llama 3 and Qwen 2, GPT-4o, DeepSeek, Command R and Falcon, and of the bundled model. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                        + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                        + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
                        + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "\\d{1,3}(?=(?:\\d{3})*\\b)",
                "(?=(\\d{3})+(?!\\d))",
                " {2,}",
                "\\s+"
            })
    void patternsOfPublishedTokenizersAreAccepted(String pattern) {
        assertThat(PatternCheck.fault(pattern)).isNull();
        splitBy(pattern);
        assertLoads();
    }

    @Test
    void textsThatGrowAreRefused() {
        normalizer(replace("String", "a", "b".repeat(400)));
        assertRefused("normalizer makes texts more than 64 times as long");
        normalizer(replace("String", "a", "b".repeat(600)));
        assertRefused("has a text of 600 characters, more than 512");
        normalizer(TestFolders.json("{'type': 'Prepend', 'prepend': '" + "x".repeat(2000) + "'}"));
        assertRefused("has a text of 2000 characters");
        StringBuilder doubled = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            doubled.append(i == 0 ? "" : ",").append("{'type':'Replace','pattern':{'String':'a'},'content':'aa'}");
        }
        normalizer(TestFolders.json("{'type': 'Sequence', 'normalizers': [" + doubled + "]}"));
        assertRefused("normalizer makes texts more than 64 times as long");
    }

    @Test
    void partsThatContradictThemselvesAreRefused() {
        edit(tokenizer -> tokenizer.set("pre_tokenizer", TestFolders.json("{'type': 'FixedLength', 'length': 0}")));
        assertRefused("pre_tokenizer has the length 0");
        copyModel();
        edit(tokenizer ->
                tokenizer.set("decoder", TestFolders.json("{'type': 'Strip', 'content': 'a', 'start': 0, 'stop': 3}")));
        assertRefused("decoder cuts ends off");
        copyModel();
        edit(tokenizer -> ((ObjectNode) tokenizer.path("model")).put("continuing_subword_prefix", "##########"));
        assertRefused("model has a merge of '", "lacks the continuing_subword_prefix");
        copyModel();
        edit(tokenizer -> {
            ObjectNode model = tokenizer.putObject("model").put("type", "Unigram");
            model.putArray("vocab").addArray().add("a").add(-1e300);
        });
        assertRefused("model has the score -1.0E300");
    }

    @Test
    void nestingIsBounded() {
        String nested = "{'type':'NFC'}";
        for (int i = 0; i < 40; i++) {
            nested = "{'type':'Sequence','normalizers':[" + nested + "]}";
        }
        normalizer(TestFolders.json(nested));
        assertRefused("normalizer is nested more than 30 levels deep");
    }

    @Test
    void aKeyThatComesTwiceIsRefused() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(
                file, Files.readString(file).replaceFirst("\\{", "{\"normalizer\": null, \"normalizer\": null,"));
        assertRefused("the key 'normalizer' comes twice");
    }

    @Test
    void aCharacterMapThatLeadsOutOfItselfIsRefused() {
        charsMap("not base64!");
        assertRefused("normalizer has a precompiled_charsmap that is not base64");
        charsMap("");
        assertRefused("is cut off");
        charsMap(map(new int[] {0, 0, 0}, 100, "a"));
        assertRefused("is cut off");
        charsMap(map(new int[] {0, 0, 0}, 12, "\uD800"));
        assertRefused("leads out of itself");
        int[] units = trie();
        units['a' ^ 256] = 'a' | 1 << 8 | 0x1FFFFF << 10;
        charsMap(map(units, 4 * units.length, "b\0"));
        assertRefused("leads out of itself");
    }

    @Test
    void aWholeCharacterMapIsUsed() {
        int[] units = trie();
        charsMap(map(units, 4 * units.length, "b\0"));
        try (Tokenizer tokenizer = Tokenizer.load(folder, DecoderConfigReader.read(folder))) {
            assertThat(tokenizer.encode("cab")).isEqualTo(tokenizer.encode("cbb"));
        }
    }

    /** A double-array trie with one key, {@code a}, whose value is 0: the beginning of the texts. */
    private static int[] trie() {
        int[] units = new int[1024];
        units[0] = 256 << 10;
        // The node of 'a': its label, a leaf, its children 512 further.
        units[256 ^ 'a'] = 'a' | 1 << 8 | 512 << 10;
        units[256 ^ 'a' ^ 512] = 0x80000000;
        return units;
    }

    private static String map(int[] units, int claimed, String texts) {
        byte[] text = texts.getBytes(StandardCharsets.UTF_8);
        ByteBuffer map = ByteBuffer.allocate(4 + 4 * units.length + text.length).order(ByteOrder.LITTLE_ENDIAN);
        map.putInt(claimed);
        for (int unit : units) {
            map.putInt(unit);
        }
        return Base64.getEncoder().encodeToString(map.put(text).array());
    }

    private void charsMap(String base64) {
        edit(tokenizer ->
                tokenizer.putObject("normalizer").put("type", "Precompiled").put("precompiled_charsmap", base64));
    }

    private void normalizer(JsonNode node) {
        edit(tokenizer -> tokenizer.set("normalizer", node));
    }

    private static ObjectNode replace(String kind, String pattern, String content) {
        ObjectNode replace = ((ObjectNode) TestFolders.json("{'type': 'Replace'}")).put("content", content);
        replace.putObject("pattern").put(kind, pattern);
        return replace;
    }

    private void splitBy(String pattern) {
        copyModel();
        edit(tokenizer -> {
            ObjectNode split = tokenizer.putObject("pre_tokenizer").put("type", "Split");
            split.putObject("pattern").put("Regex", pattern);
            split.put("behavior", "Isolated").put("invert", false);
        });
    }

    private void edit(Consumer<ObjectNode> change) {
        TestFolders.editJson(folder.resolve("tokenizer.json"), change);
    }

    private void assertLoads() {
        try (Tokenizer tokenizer = Tokenizer.load(folder, DecoderConfigReader.read(folder))) {
            assertThat(tokenizer.encode("SELECT name, 12345 FROM singer")).isNotEmpty();
        }
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> Tokenizer.load(folder, DecoderConfigReader.read(folder)))
                .isInstanceOf(SqlTuneException.class)
                .message()
                .contains(parts)
                .contains(folder.resolve("tokenizer.json").toString())
                .doesNotContain("\n");
    }
}
