package org.sqltune.data.naming;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Forms number and articles of English nouns, by the last word of a phrase. */
public final class Nouns {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("person", "people"),
            Map.entry("child", "children"),
            Map.entry("man", "men"),
            Map.entry("woman", "women"),
            Map.entry("movie", "movies"),
            Map.entry("cookie", "cookies"),
            Map.entry("bus", "buses"),
            Map.entry("status", "statuses"),
            Map.entry("bonus", "bonuses"),
            Map.entry("campus", "campuses"),
            Map.entry("virus", "viruses"),
            Map.entry("analysis", "analyses"),
            Map.entry("diagnosis", "diagnoses"),
            Map.entry("index", "indexes"),
            Map.entry("leaf", "leaves"),
            Map.entry("life", "lives"),
            Map.entry("half", "halves"),
            Map.entry("datum", "data"));

    private static final Map<String, String> BACK =
            IRREGULAR.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private static final Set<String> UNCOUNTABLE = Set.of(
            "inventory",
            "stock",
            "insurance",
            "support",
            "staff",
            "equipment",
            "information",
            "news",
            "series",
            "species",
            "furniture",
            "merchandise",
            "feedback",
            "metadata",
            "software",
            "hardware",
            "music",
            "revenue");

    private static final Set<String> PEOPLE = Set.of(
            "customer",
            "client",
            "user",
            "employee",
            "doctor",
            "patient",
            "student",
            "teacher",
            "person",
            "worker",
            "manager",
            "member",
            "author",
            "actor",
            "actress",
            "singer",
            "player",
            "driver",
            "professor",
            "instructor",
            "nurse",
            "physician",
            "subscriber",
            "visitor",
            "guest",
            "owner",
            "buyer",
            "seller",
            "passenger",
            "pilot",
            "artist",
            "director",
            "editor",
            "engineer",
            "candidate",
            "applicant",
            "contact",
            "friend",
            "staff",
            "agent",
            "lawyer",
            "child",
            "man",
            "woman",
            "reader",
            "writer",
            "coach",
            "athlete",
            "voter",
            "tourist",
            "resident",
            "people",
            "donor",
            "volunteer",
            "supervisor",
            "assistant",
            "technician",
            "lead",
            "account manager");

    private static final Pattern ES_ENDING = Pattern.compile(".*(sse|she|che|xe|zze)s");
    private static final Pattern NO_PLURAL_S = Pattern.compile(".*(ss|us|is)");
    private static final Pattern CONSONANT_Y = Pattern.compile(".*[^aeiou]y");
    private static final Pattern HISSING = Pattern.compile(".*(s|x|z|ch|sh)");

    private Nouns() {}

    /** Returns whether the noun has no plural and takes no article. */
    public static boolean uncountable(String phrase) {
        return UNCOUNTABLE.contains(lastWord(phrase));
    }

    /** Returns whether the noun, in the singular, means a person. */
    public static boolean person(String phrase) {
        return PEOPLE.contains(lastWord(phrase));
    }

    /** Returns the singular of a phrase: {@code order items} becomes "order item"; a singular stays. */
    public static String singular(String phrase) {
        return lastWordBy(phrase, Nouns::singularWord);
    }

    /** Returns the plural of a singular phrase. */
    public static String plural(String phrase) {
        return lastWordBy(phrase, Nouns::pluralWord);
    }

    /** Returns the phrase with "a" or "an", or without if it takes no article. */
    public static String withArticle(String phrase) {
        boolean several = !singular(phrase).equals(phrase) && !phrase.startsWith("number of ");
        if (uncountable(phrase) || phrase.isEmpty() || several) {
            return phrase;
        }
        boolean vowel = "aeio".indexOf(Character.toLowerCase(phrase.charAt(0))) >= 0
                || (phrase.startsWith("u") && !phrase.startsWith("us") && !phrase.startsWith("uni"))
                || phrase.startsWith("hour");
        return (vowel ? "an " : "a ") + phrase;
    }

    private static String singularWord(String word) {
        if (BACK.containsKey(word)) {
            return BACK.getOrDefault(word, word);
        }
        if (UNCOUNTABLE.contains(word) || IRREGULAR.containsKey(word) || !word.endsWith("s")) {
            return word;
        }
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (ES_ENDING.matcher(word).matches()) {
            return word.substring(0, word.length() - 2);
        }
        return NO_PLURAL_S.matcher(word).matches() ? word : word.substring(0, word.length() - 1);
    }

    private static String pluralWord(String word) {
        boolean alreadyPlural = !singularWord(word).equals(word);
        if (word.isEmpty() || UNCOUNTABLE.contains(word) || alreadyPlural) {
            return word;
        }
        if (IRREGULAR.containsKey(word)) {
            return IRREGULAR.getOrDefault(word, word);
        }
        if (CONSONANT_Y.matcher(word).matches()) {
            return word.substring(0, word.length() - 1) + "ies";
        }
        return HISSING.matcher(word).matches() ? word + "es" : word + "s";
    }

    private static String lastWord(String phrase) {
        return phrase.substring(phrase.lastIndexOf(' ') + 1);
    }

    private static String lastWordBy(String phrase, UnaryOperator<String> change) {
        String last = lastWord(phrase);
        return phrase.substring(0, phrase.length() - last.length()) + change.apply(last);
    }
}
