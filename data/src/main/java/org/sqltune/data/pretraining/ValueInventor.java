package org.sqltune.data.pretraining;

import java.util.Locale;

/** Makes up values, mostly from the word lists, some of them words that exist nowhere. */
final class ValueInventor {
    private static final double INVENTED_WORD = 0.2;

    private final WordLists words;
    private final Sampler random;

    ValueInventor(WordLists words, Sampler random) {
        this.words = words;
        this.random = random;
    }

    /** A value that a column of that kind could hold. */
    Value value(ValueKind kind) {
        return switch (kind) {
            case NAME -> Value.text(title());
            case PERSON -> Value.text(random.pick(words.valuesOf("first")) + " " + random.pick(words.valuesOf("last")));
            case PLACE -> Value.text(listed("place"));
            case CATEGORY -> Value.text(listed("category"));
            case CODE -> Value.text(code());
            case TEXT -> Value.text(random.pick(words.valuesOf("word")).toLowerCase(Locale.ROOT));
            case DATE -> Value.text(date());
            case YEAR -> number(1950, 2026);
            case MONEY -> money();
            case COUNT, KEY -> number(1, random.chance(0.5) ? 20 : 1000);
            case MEASURE -> random.chance(0.3) ? decimal(1, 90) : number(1, random.chance(0.5) ? 100 : 2000);
            case SCORE -> random.chance(0.3) ? decimal(0, 10) : number(1, random.chance(0.6) ? 10 : 900);
            case AGE -> number(1, 90);
        };
    }

    /** A part of a text, as LIKE looks for: one word. */
    String fragment() {
        return random.chance(INVENTED_WORD) ? capitalised(word()) : random.pick(words.valuesOf("word"));
    }

    /** A pronounceable word that exists nowhere, in lower case. */
    String word() {
        StringBuilder word = new StringBuilder();
        for (int syllables = random.between(2, 3); syllables > 0; syllables--) {
            word.append("bcdfghjklmnprstvz".charAt(random.between(0, 16)));
            word.append("aeiou".charAt(random.between(0, 4)));
            if (random.chance(0.4)) {
                word.append("nrls".charAt(random.between(0, 3)));
            }
        }
        return word.toString();
    }

    private String title() {
        return random.chance(0.5) ? fragment() : fragment() + " " + random.pick(words.valuesOf("word"));
    }

    private String listed(String list) {
        return random.chance(INVENTED_WORD) ? capitalised(word()) : random.pick(words.valuesOf(list));
    }

    private String code() {
        StringBuilder code = new StringBuilder();
        for (int letters = random.between(1, 3); letters > 0; letters--) {
            code.append((char) random.between('A', 'Z'));
        }
        return code.append(random.chance(0.5) ? "-" : "")
                .append(random.between(1, 9999))
                .toString();
    }

    private String date() {
        int year = random.between(1990, 2026);
        int month = random.between(1, 12);
        int day = random.chance(0.4) ? 1 : random.between(1, 28);
        return String.format(Locale.ROOT, "%d-%02d-%02d", year, month, day);
    }

    private Value money() {
        return switch (random.between(0, 3)) {
            case 0 -> number(1, 99);
            case 1 -> Value.number(random.between(1, 99) + "00");
            case 2 -> Value.number(random.between(1, 90) + "000");
            default -> random.chance(0.4) ? decimal(1, 300) : Value.number(random.between(1, 200) + "0");
        };
    }

    private Value number(int least, int most) {
        return Value.number(String.valueOf(random.between(least, most)));
    }

    private Value decimal(int least, int most) {
        return Value.number(random.between(least, most) + "." + random.between(1, 9));
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
