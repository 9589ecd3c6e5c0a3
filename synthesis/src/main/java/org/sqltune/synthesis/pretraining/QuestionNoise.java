package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sqltune.synthesis.invention.Sampler;

/**
 * Adds typing noise to questions: lower case, no closing mark, a polite beginning or ending, and occasionally two
 * swapped letters or a missing one. Words with a capital, digits or quotes are never misspelt, since they may be
 * values.
 */
final class QuestionNoise {
    private static final double LOWER_CASE = 0.18;
    private static final double NO_MARK = 0.25;
    private static final double POLITE = 0.06;
    private static final double TYPO = 0.05;
    private static final int SHORTEST_TYPO = 5;
    private static final List<String> BEGINNINGS = List.of(
            "Please: ", "Hi, ", "Hello, ", "Quick question: ", "Could you help? ", "I need this: ", "For my report: ");
    private static final List<String> ENDINGS = List.of(" please", ", thanks", " Thanks!", " pls", ", please");

    private final Sampler random;

    QuestionNoise(Sampler random) {
        this.random = random;
    }

    /**
     * Returns the question, possibly with noise.
     *
     * @param values texts whose spelling must stay, except for their case
     * @param mayLowerCase whether the case of values is known without the question
     */
    String on(String question, Set<String> values, boolean mayLowerCase) {
        String text = question;
        if (random.chance(TYPO)) {
            text = typo(text, values);
        }
        if (random.chance(NO_MARK) && text.matches(".*[^.?!\\s]\\s*[.?!]")) {
            text = text.replaceAll("\\s*[.?!]$", "");
        }
        if (random.chance(POLITE)) {
            text = random.chance(0.5)
                    ? random.pick(BEGINNINGS) + text
                    : text.replaceAll("\\s*[.?!]$", "") + random.pick(ENDINGS);
        }
        return mayLowerCase && random.chance(LOWER_CASE) ? text.toLowerCase(Locale.ROOT) : text;
    }

    private String typo(String text, Set<String> values) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split(" ", -1)));
        int place = random.between(0, words.size() - 1);
        String word = words.get(place);
        boolean plain = word.length() >= SHORTEST_TYPO && word.chars().allMatch(c -> c >= 'a' && c <= 'z');
        if (!plain
                || values.stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(word))) {
            return text;
        }
        int at = random.between(1, word.length() - 3);
        words.set(
                place,
                random.chance(0.6)
                        ? word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2)
                        : word.substring(0, at) + word.substring(at + 1));
        return String.join(" ", words);
    }
}
