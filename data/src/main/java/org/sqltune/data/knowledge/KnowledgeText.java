package org.sqltune.data.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;
import org.sqltune.core.text.Failures;

/** Texts of the user's knowledge, given as files or as the texts themselves. */
public final class KnowledgeText {
    /** A model's contract holds the texts, so they must stay small. */
    private static final long MOST_BYTES = 4L << 20;

    private KnowledgeText() {}

    /** Like {@link #read}, but keeps the name of a file that isn't there, as that of a run whose files were removed. */
    public static KnowledgeSettings readIfThere(KnowledgeSettings settings) {
        KnowledgeSettings there = new KnowledgeSettings(
                there(settings.glossary()),
                settings.glossaryComments(),
                there(settings.examples()),
                there(settings.documentation()),
                settings.retrievedExamples(),
                settings.retrievedParagraphs(),
                settings.retrievedMaxTokens());
        KnowledgeSettings read = read(there);
        return new KnowledgeSettings(
                read.glossary() == null ? settings.glossary() : read.glossary(),
                settings.glossaryComments(),
                read.examples() == null ? settings.examples() : read.examples(),
                read.documentation() == null ? settings.documentation() : read.documentation(),
                settings.retrievedExamples(),
                settings.retrievedParagraphs(),
                settings.retrievedMaxTokens());
    }

    private static @Nullable String there(@Nullable String fileOrText) {
        return fileOrText == null || KnowledgeSettings.isText(fileOrText) || Files.isRegularFile(Path.of(fileOrText))
                ? fileOrText
                : null;
    }

    /**
     * Returns the settings with texts instead of files, so that they no longer depend on the folder. Examples keep only
     * question and SQL.
     *
     * @throws SqlTuneException if a file can't be read, has faults, or more than 4 MiB
     */
    public static KnowledgeSettings read(KnowledgeSettings settings) {
        return new KnowledgeSettings(
                with(settings.glossary(), file -> {
                    String text = textOf("data.glossary", file);
                    Glossary.parse(text, file);
                    return text;
                }),
                settings.glossaryComments(),
                with(settings.examples(), SolvedQuestions::textOf),
                with(settings.documentation(), file -> textOf("data.documentation", file)),
                settings.retrievedExamples(),
                settings.retrievedParagraphs(),
                settings.retrievedMaxTokens());
    }

    private static @Nullable String with(@Nullable String fileOrText, UnaryOperator<String> reading) {
        return fileOrText == null || KnowledgeSettings.isText(fileOrText) ? fileOrText : reading.apply(fileOrText);
    }

    private static String textOf(String key, String file) {
        try {
            Path path = Path.of(file);
            if (Files.isRegularFile(path) && Files.size(path) > MOST_BYTES) {
                throw new SqlTuneException(key + ": " + file + " has " + Files.size(path) + " bytes, and at most "
                        + MOST_BYTES + " are kept with a model: shorten it");
            }
            // A text is told from a file's name by its line break.
            return Files.readString(path).stripTrailing() + "\n";
        } catch (IOException e) {
            throw new SqlTuneException(
                    key + ": can't read " + file + " (" + Failures.reason(e) + "): name a text file in UTF-8", e);
        }
    }
}
