package org.sqltune.synthesis.augmentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.synthesis.grammar.Choice;

/**
 * Rewords the frame of a question. Each block of {@code paraphrases.txt} lists frames of equal meaning; a question
 * that matches one frame of a block gets another, and the rest of its text stays unchanged.
 */
final class Paraphrases {
    private static final String SLOT = "{x}";

    /** Excludes texts with a second question, which rewording would break. */
    private static final Pattern SEVERAL =
            Pattern.compile("(?i)\\?.|\\b(?:and|or)[, ]+(?:what|how|which|who|where|when|show|list|find|give)\\b");

    private final List<List<Frame>> blocks;

    private Paraphrases(List<List<Frame>> blocks) {
        this.blocks = blocks;
    }

    private record Frame(String text, Pattern pattern) {
        static Frame of(String line) {
            int slot = line.indexOf(SLOT);
            String before = line.substring(0, slot);
            String after = line.substring(slot + SLOT.length()).replaceFirst("[.?]$", "");
            Pattern pattern = Pattern.compile(
                    "(?i)" + Pattern.quote(before) + "(.+?)" + Pattern.quote(after) + "\\s*[.?]?", Pattern.DOTALL);
            return new Frame(line, pattern);
        }

        /**
         * Returns whether its own words tell it from other texts: a frame that begins with the slot matches every text, and one
         * in small letters is a half sentence that a longer question may begin with.
         */
        boolean isRecognisable() {
            return !text.startsWith(SLOT) && !Character.isLowerCase(text.charAt(0));
        }

        String with(String what) {
            return text.replace(SLOT, what);
        }
    }

    /** Reads the bundled paraphrases. */
    static Paraphrases standard() {
        return of("paraphrases.txt");
    }

    /** Reads a file of this package. */
    static Paraphrases of(String file) {
        List<List<Frame>> blocks = new ArrayList<>();
        List<Frame> block = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.isBlank() && !block.isEmpty()) {
                blocks.add(block);
                block = new ArrayList<>();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                block.add(Frame.of(line));
            }
        }
        if (!block.isEmpty()) {
            blocks.add(block);
        }
        return new Paraphrases(blocks);
    }

    /** Returns the question in other words; empty if no frame matches. */
    Optional<String> of(String question, Choice choice) {
        String asked = question.strip();
        if (SEVERAL.matcher(asked).find()) {
            return Optional.empty();
        }
        for (List<Frame> block : blocks) {
            for (Frame frame : block) {
                if (!frame.isRecognisable()) {
                    continue;
                }
                Matcher matcher = frame.pattern().matcher(asked);
                if (matcher.matches()) {
                    List<Frame> others =
                            block.stream().filter(other -> !other.equals(frame)).toList();
                    return choice.from(others).map(other -> other.with(matcher.group(1)));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the lines of a file of this package. */
    static List<String> lines(String file) {
        try (InputStream in = Paraphrases.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The file " + file + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
