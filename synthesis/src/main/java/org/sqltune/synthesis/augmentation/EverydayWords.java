package org.sqltune.synthesis.augmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.data.naming.Nouns;
import org.sqltune.synthesis.grammar.Choice;

/**
 * Puts synthesised questions into the words of people at work: other openings, synonyms of common nouns and comparisons,
 * values without their column's name, small letters, politeness, and typing errors. The files {@code everyday-words.txt} and
 * {@code everyday-frames.txt} have the words; they are general English and were written without any test set in view. The SQL's
 * values keep their spelling, except sometimes for their case.
 */
public final class EverydayWords {
    private static final double FRAME = 0.6;
    private static final double WORD = 0.35;
    private static final double BARE_VALUE = 0.4;
    private static final double UNQUOTED = 0.6;
    private static final double POLITE = 0.12;
    private static final double TYPO = 0.06;
    private static final double NO_MARK = 0.35;
    private static final double SMALL_LETTERS = 0.3;
    private static final double SMALL_VALUES = 0.4;
    private static final int SHORTEST_TYPO = 5;

    private static final double NUMBER_WORD = 0.5;

    private static final List<String> NUMBERS =
            List.of("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    /** A small number of things. */
    private static final Pattern FEW = Pattern.compile(
            "(?i)\\b(top|the|our|first|last|than|least|exactly|which|list|are the|what) ([2-9]|10) (?=[a-z])");

    private static final List<String> BEGINNINGS = List.of(
            "Hi, ",
            "Hello, ",
            "Quick question: ",
            "Please: ",
            "Could you help? ",
            "For my report: ",
            "Hey, ",
            "Just checking: ");
    private static final List<String> ENDINGS = List.of(" please", ", thanks", ", please", " - thanks!", " for me");

    /** A value stands in the text as one of these characters. */
    private static final char FIRST_VALUE = '\uE000';

    /** A synonym that was put in stands as one of these characters until all are. */
    private static final char FIRST_SYNONYM = '\uE200';

    private static final String VALUE = "[\uE000-\uE0FF]";

    /** Of a column's words: not a comparison. */
    private static final String COLUMN_WORDS =
            "(?:(?!(?:more|less|than|not|other|anything|over|above|below|after|before|least|most|either|in|from|or|and)\\b)[a-z]+ ){1,3}?";

    private static final Pattern WITH_COLUMN = Pattern.compile(
            "\\b([a-z]+s) (?:whose|where the|having(?: the)?|with(?: the)?|" + "(?:who|that) have the) (" + COLUMN_WORDS
                    + ")(?:is |equals |of )?'?(" + VALUE + ")'?(?=[ .?]|$)(?! or )");

    /** Phrases that stand for a number only before a noun: "the most orders", not "the most recent order". */
    private static final Set<String> COUNTS = Set.of("the most", "the fewest");

    private static final String BEFORE_NOUN =
            "(?= [a-z])(?! (?:recent|recently|common|frequent|often|popular|expensive|costly|in|of)\\b)";

    private static final Pattern NAMES = Pattern.compile("name|title|comment|mail|phone|address|date|id");

    private final List<Word> words;
    private final Paraphrases frames;

    /**
     * A word or phrase with synonyms.
     *
     * @param text in small letters
     * @param pattern where it may be replaced
     */
    private record Word(String text, Pattern pattern, List<String> synonyms) {
        /** Finds it in a question. Most words are in none, which is seen sooner than a pattern finds out. */
        Optional<Matcher> in(String question, String smallLetters) {
            return smallLetters.contains(text)
                    ? Optional.of(pattern.matcher(question)).filter(Matcher::find)
                    : Optional.empty();
        }
    }

    private EverydayWords(List<Word> words, Paraphrases frames) {
        this.words = words;
        this.frames = frames;
    }

    /** Reads the bundled words. */
    public static EverydayWords standard() {
        List<Word> words = new ArrayList<>();
        boolean nouns = false;
        for (String line : Paraphrases.lines("everyday-words.txt")) {
            if (line.startsWith("[")) {
                nouns = line.equals("[nouns]");
            } else if (!line.isBlank() && !line.startsWith("#")) {
                List<String> forms = Arrays.asList(line.split(" \\| ", -1));
                add(words, forms);
                if (nouns) {
                    add(words, forms.stream().map(Nouns::plural).toList());
                }
            }
        }
        return new EverydayWords(words, Paraphrases.of("everyday-frames.txt"));
    }

    private static void add(List<Word> words, List<String> forms) {
        Pattern pattern = Pattern.compile("(?i)(?<![\\w-])(?<!\\b(?:in|descending|ascending|alphabetical) )"
                + Pattern.quote(forms.get(0)) + "(?![\\w-])" + (COUNTS.contains(forms.get(0)) ? BEFORE_NOUN : "")
                + (forms.get(0).endsWith(" order") ? "(?! of\\b)" : ""));
        words.add(
                new Word(forms.get(0).toLowerCase(Locale.ROOT), pattern, List.copyOf(forms.subList(1, forms.size()))));
    }

    /**
     * Returns the question in other words; sometimes only its marks and letters change.
     *
     * @param sql its query, whose values keep their spelling
     * @param names words of the schema's names, in small letters; no synonym is one of them
     */
    public String of(String question, String sql, Set<String> names, Choice choice) {
        List<String> values = values(sql);
        String text = hidden(question, values);
        if (choice.chance(FRAME)) {
            text = frames.of(text, choice).orElse(text);
        }
        text = bareValues(text, choice);
        text = synonyms(text, names, choice);
        text = numberInWords(text, choice);
        if (choice.chance(TYPO)) {
            text = typo(text, choice);
        }
        if (choice.chance(NO_MARK)) {
            text = text.replaceFirst("\\s*[.?!]$", "");
        }
        if (choice.chance(POLITE)) {
            text = choice.chance(0.5)
                    ? choice.one(BEGINNINGS) + text
                    : text.replaceFirst("\\s*[.?!]$", "") + choice.one(ENDINGS);
        }
        boolean small = choice.chance(SMALL_LETTERS);
        text = small ? text.toLowerCase(Locale.ROOT) : capitalised(text);
        return shown(text, values, small && choice.chance(SMALL_VALUES));
    }

    /** Returns the words of names: {@code order_items} has two. */
    public static Set<String> words(List<String> names) {
        return names.stream()
                .flatMap(name -> Arrays.stream(name.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", "_")
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}]+", -1)))
                .filter(word -> !word.isEmpty())
                .flatMap(word -> List.of(word, Nouns.singular(word), Nouns.plural(word)).stream())
                .collect(Collectors.toSet());
    }

    private static List<String> values(String sql) {
        return SqlScanner.scan(sql).stream()
                .filter(token -> token.kind() == SqlToken.Kind.STRING)
                .map(token -> token.content().replaceAll("^%|%$", ""))
                .filter(value -> value.length() > 1)
                .distinct()
                .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                .limit(200)
                .toList();
    }

    private static String hidden(String question, List<String> values) {
        String text = question;
        for (int i = 0; i < values.size(); i++) {
            text = text.replace(values.get(i), String.valueOf((char) (FIRST_VALUE + i)));
        }
        return text;
    }

    private static String shown(String text, List<String> values, boolean small) {
        String shown = text;
        for (int i = 0; i < values.size(); i++) {
            String value = small ? values.get(i).toLowerCase(Locale.ROOT) : values.get(i);
            shown = shown.replace(String.valueOf((char) (FIRST_VALUE + i)), value);
        }
        return shown;
    }

    /** Says a value before its noun instead of after its column's name, and leaves out quotes. */
    private static String bareValues(String text, Choice choice) {
        String bare = choice.chance(UNQUOTED) ? text.replaceAll("'(" + VALUE + ")'", "$1") : text;
        Matcher matcher = WITH_COLUMN.matcher(bare);
        if (!matcher.find() || NAMES.matcher(matcher.group(2)).find() || !choice.chance(BARE_VALUE)) {
            return bare;
        }
        return bare.substring(0, matcher.start()) + matcher.group(3) + " " + matcher.group(1)
                + bare.substring(matcher.end());
    }

    private String synonyms(String text, Set<String> names, Choice choice) {
        String said = text;
        List<String> put = new ArrayList<>();
        String smallLetters = said.toLowerCase(Locale.ROOT);
        for (Word word : words) {
            Optional<Matcher> matcher = word.in(said, smallLetters);
            if (matcher.isPresent() && choice.chance(WORD)) {
                List<String> allowed = word.synonyms().stream()
                        .filter(alternative ->
                                Arrays.stream(alternative.split(" ", -1)).noneMatch(names::contains))
                        .toList();
                // The synonym stands as one character until all are put: it must not be replaced by a further one.
                char mark = (char) (FIRST_SYNONYM + put.size());
                Optional<String> synonym = choice.from(allowed);
                synonym.ifPresent(put::add);
                if (synonym.isPresent()) {
                    said = matcher.get().replaceAll(String.valueOf(mark));
                    smallLetters = said.toLowerCase(Locale.ROOT);
                }
            }
        }
        for (int i = 0; i < put.size(); i++) {
            said = said.replace(String.valueOf((char) (FIRST_SYNONYM + i)), put.get(i));
        }
        return withArticles(said);
    }

    /** Puts "a" and "an" right where a synonym begins with another sound. */
    private static String withArticles(String text) {
        return text.replaceAll("\\b([Aa])n (?=[bcdfgjklmnpqrstvwxyz])", "$1 ")
                .replaceAll("\\b([Aa]) (?=[aeio](?!ne\\b))", "$1n ");
    }

    /** Says "top five" for "top 5", sometimes. */
    private static String numberInWords(String text, Choice choice) {
        Matcher few = FEW.matcher(text);
        return few.find() && choice.chance(NUMBER_WORD)
                ? few.replaceAll(
                        found -> found.group(1) + " " + NUMBERS.get(Integer.parseInt(found.group(2)) - 2) + " ")
                : text;
    }

    private static String typo(String text, Choice choice) {
        List<String> all = new ArrayList<>(Arrays.asList(text.split(" ", -1)));
        int place = choice.between(0, all.size() - 1);
        String word = all.get(place);
        if (word.length() < SHORTEST_TYPO || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            return text;
        }
        int at = choice.between(1, word.length() - 3);
        all.set(
                place,
                choice.chance(0.6)
                        ? word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2)
                        : word.substring(0, at) + word.substring(at + 1));
        return String.join(" ", all);
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
