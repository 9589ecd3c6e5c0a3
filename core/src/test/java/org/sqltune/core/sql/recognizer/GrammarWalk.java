package org.sqltune.core.sql.recognizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.sqltune.core.sql.recognizer.name.NameTrie;
import org.sqltune.core.sql.recognizer.name.NameTries;

/**
 * Writes queries by choosing each terminal by chance among those that are expected, many times faster than byte by byte. Each
 * walk draws how much it likes each kind of terminal, so that all walks together come to rare combinations, too.
 */
final class GrammarWalk {
    private static final double[] LIKINGS = {0.02, 0.3, 1, 1, 6};

    private static final String[] OWN_NAMES = {"t1", "t2", "t3", "a", "c1", "x1", "id", "name"};

    private final Random random;
    private final Map<String, Double> likings = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    GrammarWalk(Random random) {
        this.random = random;
    }

    /** What may come, with its spelling. */
    private record Option(Terminal terminal, String spelling, String kind) {}

    /**
     * A whole query.
     *
     * @param most terminals after which it is ended
     * @throws IllegalStateException if a place is a dead end, or what is expected isn't taken; with the text so far
     */
    String from(Parse start, int most) {
        Parse at = start;
        try {
            for (int i = 0; i < most; i++) {
                at.ending();
                if (at.expectation().mayEnd() && random.nextInt(6) == 0) {
                    return text.toString();
                }
                Option chosen = chosen(at);
                if (chosen == null) {
                    break;
                }
                text.append(text.isEmpty() ? "" : " ").append(chosen.spelling());
                Parse next = at.after(chosen.terminal());
                if (next == null) {
                    throw new IllegalStateException("expected but not taken: " + chosen.terminal());
                }
                at = next;
            }
            text.append(' ').append(at.ending());
            return text.toString();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + " behind " + text, e);
        }
    }

    private double liking(String kind) {
        return likings.computeIfAbsent(kind, each -> LIKINGS[random.nextInt(LIKINGS.length)]);
    }

    private Option chosen(Parse at) {
        List<Option> options = options(at);
        double sum = 0;
        for (Option option : options) {
            sum += liking(option.kind());
        }
        double left = random.nextDouble() * sum;
        for (Option option : options) {
            left -= liking(option.kind());
            if (left <= 0) {
                return option;
            }
        }
        return null;
    }

    /** One of each kind. */
    private List<Option> options(Parse at) {
        Expectation expected = at.expectation();
        List<Option> options = new ArrayList<>();
        for (Expectation.Choice choice : expected.choices()) {
            add(options, choice, choice.tries().bare(), choice.bare(), false);
            add(options, choice, choice.tries().inQuotes(), choice.inQuotes(), true);
        }
        for (String symbol : expected.symbols()) {
            options.add(new Option(Terminal.symbol(symbol), symbol, symbol));
        }
        if (expected.takesNumber()) {
            options.add(new Option(Terminal.NUMBER, random.nextBoolean() ? "1" : "2.5", "number"));
        }
        if (expected.largestInteger() > 0) {
            int value = 1 + random.nextInt(Math.min(9, expected.largestInteger()));
            options.add(new Option(Terminal.INTEGER, Integer.toString(value), "integer"));
        }
        if (expected.takesString()) {
            options.add(new Option(Terminal.STRING, "'x'", "string"));
        }
        if (expected.takesCharacter()) {
            options.add(new Option(Terminal.STRING, "'!'", "string"));
        }
        addOwnName(at, options);
        return options;
    }

    private void addOwnName(Parse at, List<Option> options) {
        Expectation expected = at.expectation();
        if (!expected.takesFreeName() && !expected.takesEarlyAlias()) {
            return;
        }
        String name = OWN_NAMES[random.nextInt(OWN_NAMES.length)];
        boolean quoted = expected.takesFreeName() && random.nextInt(4) == 0;
        Terminal terminal = quoted ? Terminal.quoted(name) : Terminal.name(name);
        boolean fits = (expected.takesFreeName() || name.matches("[a-z][0-9]{0,2}")) && at.after(terminal) != null;
        if (fits) {
            options.add(new Option(terminal, quoted ? '"' + name + '"' : name, "own name"));
        }
    }

    private void add(List<Option> options, Expectation.Choice choice, NameTrie trie, BitSet wanted, boolean quoted) {
        if (wanted.isEmpty()) {
            return;
        }
        if (choice.keyword()) {
            for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
                String word = new String(trie.spellings().get(i), StandardCharsets.UTF_8);
                if (word.equals(word.toUpperCase(Locale.ROOT))) {
                    String small = word.toLowerCase(Locale.ROOT);
                    options.add(new Option(Terminal.keyword(small), word, small));
                }
            }
            return;
        }
        int chosen = wanted.nextSetBit(random.nextInt(wanted.length()));
        String spelling = new String(trie.spellings().get(chosen), StandardCharsets.UTF_8);
        String name = NameTries.fold(spelling);
        options.add(
                quoted
                        ? new Option(Terminal.quoted(name), '"' + spelling.replace("\"", "\"\"") + '"', "quoted name")
                        : new Option(Terminal.name(name), spelling, "name"));
    }
}
