package org.sqltune.synthesis.phrasing;

import java.util.Optional;
import java.util.regex.Pattern;

/** Turns a phrase after a plural noun into a verb phrase: "with a price above 20" into "have a price above 20". */
final class VerbPhrases {
    private static final Pattern NONE = Pattern.compile("(whose|where|for which|without|because|nobody|\\w+ing) .*");

    private VerbPhrases() {}

    /**
     * Returns the verb phrase; empty for phrases without one, such as "whose price is 20".
     *
     * @param phrase a phrase whose tokens aren't filled
     * @param done the verb of the date column, if there is one
     */
    static Optional<String> of(String phrase, Optional<String> done) {
        if (NONE.matcher(phrase).matches() || phrase.equals("{value} {tables}")) {
            return Optional.empty();
        }
        for (String pronoun : new String[] {"{who} ", "who ", "that "}) {
            if (phrase.startsWith(pronoun)) {
                return Optional.of(phrase.substring(pronoun.length()));
            }
        }
        if (phrase.startsWith("with ")) {
            return Optional.of("have " + phrase.substring("with ".length()));
        }
        if (phrase.startsWith("{done} ")) {
            String rest = phrase.substring("{done} ".length());
            return done.map(verb -> verb.startsWith("who ") || verb.startsWith("that ")
                    ? verb.substring(verb.indexOf(' ') + 1) + " " + rest
                    : "were " + verb + " " + rest);
        }
        return Optional.of("are " + phrase);
    }
}
