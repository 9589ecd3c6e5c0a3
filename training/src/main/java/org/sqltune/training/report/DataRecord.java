package org.sqltune.training.report;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.split.Splits;
import org.sqltune.training.batch.ExampleTokenizer;
import org.sqltune.training.batch.PreparedData;
import org.sqltune.training.batch.TokenizedExample;

/**
 * What a run was trained on.
 *
 * @param files the files that the configuration names; of a folder, those directly in it
 * @param train the training set
 * @param validation the validation set; null if there is none
 * @param notes what was left out or cut off, a sentence each
 */
public record DataRecord(
        List<DataFile> files, DataSet train, @Nullable DataSet validation, List<String> notes) {
    private static final int MAX_FILES = 100;

    /**
     * A file of data.
     *
     * @param key the configuration's key that names it, or its folder
     * @param path where it lies
     * @param bytes its length
     * @param sha256 its hash
     */
    public record DataFile(String key, String path, long bytes, String sha256) {}

    /**
     * A set as it was trained on.
     *
     * @param examples examples with something to learn
     * @param tokens their tokens
     * @param targetTokens those that count for the loss
     * @param shortened examples that lost their end to {@code training.max_length}
     * @param dropped examples that were left out, since nothing to learn was left of them
     * @param sha256 hash of all prompts and completions, in order, in UTF-8, a zero byte after each
     */
    public record DataSet(int examples, long tokens, long targetTokens, int shortened, int dropped, String sha256) {}

    static DataRecord of(DataSettings settings, PreparedData data) {
        Splits<PromptCompletion> prompts = data.prompts();
        return new DataRecord(
                files(settings),
                set(prompts.train(), data.train()),
                prompts.validation().isEmpty() ? null : set(prompts.validation(), data.validation()),
                data.notes());
    }

    private static DataSet set(List<PromptCompletion> texts, ExampleTokenizer.Result tokens) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (PromptCompletion each : texts) {
            hasher.putString(each.prompt(), StandardCharsets.UTF_8).putByte((byte) 0);
            hasher.putString(each.completion(), StandardCharsets.UTF_8).putByte((byte) 0);
            each.learned().forEach(span -> hasher.putInt(span.start()).putInt(span.end()));
        }
        return new DataSet(
                tokens.examples().size(),
                tokens.examples().stream().mapToLong(each -> each.length()).sum(),
                tokens.examples().stream().mapToLong(TokenizedExample::targets).sum(),
                tokens.truncation().shortened(),
                tokens.truncation().dropped(),
                hasher.hash().toString());
    }

    private static List<DataFile> files(DataSettings settings) {
        List<DataFile> files = new ArrayList<>();
        add(files, "data.path", settings.path());
        add(files, "data.train_file", settings.trainFile());
        add(files, "data.validation_file", settings.validationFile());
        add(files, "data.test_file", settings.testFile());
        for (int i = 0; i < settings.mix().size(); i++) {
            add(files, "data.mix." + i + ".path", settings.mix().get(i).path());
            add(files, "data.mix." + i + ".file", settings.mix().get(i).file());
        }
        return files;
    }

    private static void add(List<DataFile> files, String key, @Nullable Path path) {
        if (path == null) {
            return;
        }
        try (Stream<Path> found = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            for (Path file :
                    found.filter(Files::isRegularFile).sorted().limit(MAX_FILES).toList()) {
                String hash =
                        MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
                files.add(new DataFile(key, file.toString(), Files.size(file), hash));
            }
        } catch (IOException e) {
            // It was readable a moment ago; a record without its hash is better than a run without a record.
            files.add(new DataFile(key, path.toString(), 0, "unreadable: " + e.getMessage()));
        }
    }
}
