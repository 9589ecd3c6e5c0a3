package org.sqltune.synthesis.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.invention.WordLists;

/**
 * A random phrase grammar. A file has for each rule a line {@code [rule]} and one alternative per line below it; in
 * an alternative {@code <rule>} stands for an alternative of another rule, {@code (a|b|)} for one of the listed
 * texts, and {@code {slot}} for a text that the caller supplies.
 */
public final class Grammar {
    private static final Pattern RULE = Pattern.compile("<([a-z_.]+)>");
    private static final Pattern CHOICE = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern SLOT = Pattern.compile("\\{([a-z_]+)}");

    private final Map<String, List<String>> rules;
    private final Sampler random;

    private Grammar(Map<String, List<String>> rules, Sampler random) {
        this.rules = rules;
        this.random = random;
    }

    /** Reads the rules from a file of this package. */
    public static Grammar load(String file, Sampler random) {
        Map<String, List<String>> rules = new HashMap<>();
        List<String> alternatives = new ArrayList<>();
        for (String line : WordLists.lines(file).toList()) {
            if (line.startsWith("[")) {
                alternatives = new ArrayList<>();
                rules.put(line.substring(1, line.length() - 1), alternatives);
            } else {
                alternatives.add(line);
            }
        }
        return new Grammar(rules, random);
    }

    /** Returns a random phrase of a rule, with its slots filled. */
    String phrase(String rule, Map<String, String> slots) {
        String chosen = choices(rules(random.pick(alternatives(rule))));
        String tidy =
                chosen.replaceAll("\\s+", " ").replaceAll(" ([.,?:])", "$1").strip();
        return SLOT.matcher(tidy)
                .replaceAll(slot -> Matcher.quoteReplacement(
                        Objects.requireNonNull(slots.get(slot.group(1)), () -> slot.group() + " in " + rule)));
    }

    private String rules(String alternative) {
        String text = alternative;
        for (Matcher rule = RULE.matcher(text); rule.find(); rule = RULE.matcher(text)) {
            text = text.substring(0, rule.start())
                    + random.pick(alternatives(rule.group(1)))
                    + text.substring(rule.end());
        }
        return text;
    }

    private String choices(String alternative) {
        String text = alternative;
        for (Matcher choice = CHOICE.matcher(text); choice.find(); choice = CHOICE.matcher(text)) {
            String picked = random.pick(List.of(choice.group(1).split("\\|", -1)));
            text = text.substring(0, choice.start()) + picked + text.substring(choice.end());
        }
        return text;
    }

    private List<String> alternatives(String rule) {
        return Objects.requireNonNull(rules.get(rule), () -> "no rule " + rule);
    }
}
