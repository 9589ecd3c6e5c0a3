package org.sqltune.training.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DatasetCacheSettings;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.io.AtomicFiles;

/**
 * Caches tokenised data sets on disk. A file's name is the hash of everything that determines its content: prompts and
 * completions, tokenizer and maximum length. Above the size limit the least recently used files are deleted. A failure
 * of the cache is logged as a warning, and the data is tokenised again.
 */
public final class TokenCache {
    private static final Logger log = LoggerFactory.getLogger(TokenCache.class);

    /** Sets with fewer examples are tokenised faster than they are read from the cache. */
    static final int LEAST_EXAMPLES = 2000;

    private static final long MOST_BYTES = 2L << 30;
    private static final String SUFFIX = ".tokens";

    private final Path folder;
    private final long mostBytes;
    private final int leastExamples;
    private final Clock clock;

    /**
     * @param folder the cache folder; created when the first file is written
     * @param mostBytes largest size of all files together, in bytes
     * @param leastExamples smallest number of examples that is cached
     */
    TokenCache(Path folder, long mostBytes, int leastExamples, Clock clock) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.leastExamples = leastExamples;
        this.clock = clock;
    }

    /** Returns the cache that the settings configure; empty if {@code dataset_cache} is off. */
    public static Optional<TokenCache> of(DatasetCacheSettings settings, Map<String, String> environment, Path home) {
        if (!settings.datasetCache()) {
            return Optional.empty();
        }
        Path folder = settings.datasetCacheDir() == null ? usualFolder(environment, home) : settings.datasetCacheDir();
        return Optional.of(new TokenCache(folder, MOST_BYTES, LEAST_EXAMPLES, Clock.systemUTC()));
    }

    Path folder() {
        return folder;
    }

    private static Path usualFolder(Map<String, String> environment, Path home) {
        return Stream.of("HF_HOME", "XDG_CACHE_HOME")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(Path::of)
                .orElse(home.resolve(".cache"))
                .resolve("sqltune")
                .resolve("tokenized");
    }

    /** Returns a data set's tokens from the cache, or tokenises the data and stores the result in the cache. */
    public ExampleTokenizer.Result tokenize(ExampleTokenizer tokenizer, String name, List<PromptCompletion> data) {
        if (data.size() < leastExamples) {
            return tokenizer.tokenize(name, data);
        }
        Path file = folder.resolve(key(tokenizer, data) + SUFFIX);
        Optional<ExampleTokenizer.Result> found = read(file, data);
        if (found.isPresent()) {
            log.info("The {} set's tokens come from {}", name, file);
            return found.get();
        }
        ExampleTokenizer.Result result = tokenizer.tokenize(name, data);
        store(file, result, data);
        return result;
    }

    private static String key(ExampleTokenizer tokenizer, List<PromptCompletion> data) {
        MessageDigest hash = TokenFile.sha256();
        tokenizer.identify(hash);
        for (PromptCompletion each : data) {
            update(hash, each.prompt());
            update(hash, each.completion());
            each.learned().forEach(span -> update(hash, span.start() + "-" + span.end()));
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static void update(MessageDigest hash, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        hash.update(bytes);
    }

    private Optional<ExampleTokenizer.Result> read(Path file, List<PromptCompletion> data) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            ExampleTokenizer.Result result = TokenFile.read(file, data);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(result);
        } catch (IOException e) {
            log.warn("Can't use the cached tokens {} ({}): tokenising the data again", file, e.getMessage());
            return Optional.empty();
        }
    }

    private void store(Path file, ExampleTokenizer.Result result, List<PromptCompletion> data) {
        try {
            AtomicFiles.write(file, out -> TokenFile.write(out, result, data));
            removeOldest(file);
        } catch (SqlTuneException | IOException e) {
            log.warn("Can't cache the tokens for the next run: {}", e.getMessage());
        }
    }

    private record Stored(Path file, long bytes, FileTime used) {}

    private void removeOldest(Path newest) throws IOException {
        List<Stored> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file :
                    all.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                files.add(new Stored(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        long bytes = files.stream().mapToLong(Stored::bytes).sum();
        files.sort(Comparator.comparing(Stored::used));
        for (Stored each : files) {
            if (bytes > mostBytes && !each.file().equals(newest)) {
                Files.deleteIfExists(each.file());
                bytes -= each.bytes();
            }
        }
    }
}
