package org.sqltune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.DatasetCacheSettings;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.Tokenizer;

/** Tokens from the cache are those of the tokenizer, whatever happened to the file. */
class TokenCacheTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-01T00:00:00Z"), ZoneOffset.UTC);
    private static final int MAX_LENGTH = 24;

    @TempDir
    private Path folder;

    private Path model;
    private Tokenizer tokenizer;

    @BeforeEach
    void load() throws Exception {
        model = folder.resolve("model");
        Files.createDirectory(model);
        for (String name : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(fixture().resolve(name), model.resolve(name));
        }
        tokenizer = Tokenizer.load(model, DecoderConfigReader.read(model));
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private static Path fixture() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(TokenCacheTest.class.getResource("/parity/tiny_llama_with_tokenizer"))
                .toURI());
    }

    /** Some of them too long for a completion, or even for the prompt. */
    private static List<PromptCompletion> data(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PromptCompletion(
                        "row-" + i, "How many? ".repeat(1 + i % 9), "SELECT " + i + " FROM t".repeat(1 + i % 5)))
                .toList();
    }

    private TokenCache cache(long mostBytes) {
        return new TokenCache(cacheFolder(), mostBytes, 3, CLOCK);
    }

    private Path cacheFolder() {
        return folder.resolve("cache");
    }

    private ExampleTokenizer tokens() {
        return new ExampleTokenizer(tokenizer, MAX_LENGTH);
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(cacheFolder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cacheFolder())) {
            return files.toList();
        }
    }

    private void assertSame(ExampleTokenizer.Result actual, List<PromptCompletion> data) {
        ExampleTokenizer.Result expected = tokens().tokenize("training", data);
        assertThat(expected.truncation().shortened()).isPositive();
        assertThat(expected.truncation().dropped()).isPositive();
        assertThat(actual.truncation()).isEqualTo(expected.truncation());
        assertThat(actual.examples()).usingRecursiveComparison().isEqualTo(expected.examples());
    }

    @Test
    void whatIsReadIsWhatWasTokenised() throws Exception {
        List<PromptCompletion> data = data(50);
        assertSame(cache(1 << 20).tokenize(tokens(), "training", data), data);
        assertThat(files()).hasSize(1);
        FileTime used = Files.getLastModifiedTime(files().get(0));
        assertSame(cache(1 << 20).tokenize(tokens(), "training", data), data);
        assertThat(files()).hasSize(1);
        assertThat(Files.getLastModifiedTime(files().get(0)).toInstant())
                .isEqualTo(CLOCK.instant())
                .isNotEqualTo(used.toInstant());
    }

    @Test
    void ofRenamedRowsTheNamesAreThePresentOnes() {
        List<PromptCompletion> data = data(50);
        cache(1 << 20).tokenize(tokens(), "training", data);
        List<PromptCompletion> renamed = data.stream()
                .map(each -> new PromptCompletion("other-" + each.id(), each.prompt(), each.completion()))
                .toList();
        assertSame(cache(1 << 20).tokenize(tokens(), "training", renamed), renamed);
    }

    @Test
    void whateverTheTokensFollowFromMakesAnotherFile() throws Exception {
        List<PromptCompletion> data = data(50);
        TokenCache cache = cache(1 << 20);
        cache.tokenize(tokens(), "training", data);
        cache.tokenize(new ExampleTokenizer(tokenizer, MAX_LENGTH + 1), "training", data);
        List<PromptCompletion> moved = new ArrayList<>(data);
        PromptCompletion first = data.get(0);
        // The same characters, another border between prompt and completion.
        moved.set(
                0,
                new PromptCompletion(
                        first.id(), first.prompt() + "S", first.completion().substring(1)));
        cache.tokenize(tokens(), "training", moved);
        Files.writeString(tokenizer.file(), Files.readString(tokenizer.file()) + "\n");
        cache.tokenize(tokens(), "training", data);
        assertThat(files()).hasSize(4);
    }

    @Test
    void aDamagedFileIsMadeAnew() throws Exception {
        List<PromptCompletion> data = data(50);
        cache(1 << 20).tokenize(tokens(), "training", data);
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(5);
        for (int trial = 0; trial < 60; trial++) {
            byte[] damaged = trial % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (trial % 3 == 1) {
                damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            } else if (trial % 3 == 2) {
                damaged = Arrays.copyOf(whole, whole.length + 1 + random.nextInt(9));
            }
            Files.write(file, damaged);
            assertSame(cache(1 << 20).tokenize(tokens(), "training", data), data);
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void theFilesUnusedForLongestGoFirst() throws Exception {
        TokenCache cache = cache(1);
        cache.tokenize(tokens(), "training", data(40));
        long bytes = Files.size(files().get(0));
        TokenCache roomy = cache(4 * bytes);
        for (int count = 41; count < 50; count++) {
            List<Path> before = files();
            roomy.tokenize(tokens(), "training", data(count));
            for (Path file : files()) {
                if (!before.contains(file)) {
                    Files.setLastModifiedTime(
                            file, FileTime.from(CLOCK.instant().minusSeconds(1000L - count)));
                }
            }
        }
        assertThat(files()).hasSizeBetween(2, 4);
        // The last one is still there: reading it makes no file.
        List<Path> left = files();
        roomy.tokenize(tokens(), "training", data(49));
        assertThat(files()).hasSameElementsAs(left);
    }

    @Test
    void aCacheThatCantBeWrittenCostsNothingButTime() throws Exception {
        Files.writeString(cacheFolder(), "a file is in the way");
        List<PromptCompletion> data = data(50);
        assertSame(cache(1 << 20).tokenize(tokens(), "training", data), data);
    }

    @Test
    void smallSetsAreNotKept() throws Exception {
        TokenCache cache = new TokenCache(cacheFolder(), 1 << 20, 51, CLOCK);
        assertSame(cache.tokenize(tokens(), "training", data(50)), data(50));
        assertThat(files()).isEmpty();
    }

    @Test
    void itLiesWhereHuggingFacesCacheIsUnlessSaidOtherwise() {
        Path home = folder.resolve("home");
        assertThat(folderOf(Map.of(), home)).isEqualTo(home.resolve(".cache/sqltune/tokenized"));
        assertThat(folderOf(Map.of("XDG_CACHE_HOME", "/c", "HF_HOME", ""), home))
                .isEqualTo(Path.of("/c/sqltune/tokenized"));
        assertThat(folderOf(Map.of("XDG_CACHE_HOME", "/c", "HF_HOME", "/h"), home))
                .isEqualTo(Path.of("/h/sqltune/tokenized"));
        assertThat(TokenCache.of(new DatasetCacheSettings(false, home), Map.of(), home))
                .isEmpty();
    }

    private static Path folderOf(Map<String, String> environment, Path home) {
        return TokenCache.of(DatasetCacheSettings.defaults(), environment, home)
                .orElseThrow()
                .folder();
    }
}
