package org.sqltune.synthesis.invention;

import java.util.Locale;

/** Invents values, mostly from the word lists, some of them made-up words. */
public final class ValueInventor {
    private static final double INVENTED_WORD = 0.2;

    private final WordLists words;
    private final Sampler random;

    public ValueInventor(WordLists words, Sampler random) {
        this.words = words;
        this.random = random;
    }

    /** Returns a value for a column of this kind. */
    public InventedValue value(InventedValueKind kind) {
        return switch (kind) {
            case NAME -> InventedValue.text(title());
            case PERSON ->
                InventedValue.text(random.pick(words.valuesOf("first")) + " " + random.pick(words.valuesOf("last")));
            case PLACE -> InventedValue.text(listed("place"));
            case CATEGORY -> InventedValue.text(listed("category"));
            case CODE -> InventedValue.text(code());
            case TEXT -> InventedValue.text(random.pick(words.valuesOf("word")).toLowerCase(Locale.ROOT));
            case DATE -> InventedValue.text(date());
            case YEAR -> number(1950, 2026);
            case MONEY -> money();
            case COUNT, KEY -> number(1, random.chance(0.5) ? 20 : 1000);
            case MEASURE -> random.chance(0.3) ? decimal(1, 90) : number(1, random.chance(0.5) ? 100 : 2000);
            case SCORE -> random.chance(0.3) ? decimal(0, 10) : number(1, random.chance(0.6) ? 10 : 900);
            case AGE -> number(1, 90);
        };
    }

    /** Returns a word for LIKE to search for. */
    public String fragment() {
        return random.chance(INVENTED_WORD) ? capitalised(word()) : random.pick(words.valuesOf("word"));
    }

    /** Returns a pronounceable made-up word, in lower case. */
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

    private InventedValue money() {
        return switch (random.between(0, 3)) {
            case 0 -> number(1, 99);
            case 1 -> InventedValue.number(random.between(1, 99) + "00");
            case 2 -> InventedValue.number(random.between(1, 90) + "000");
            default -> random.chance(0.4) ? decimal(1, 300) : InventedValue.number(random.between(1, 200) + "0");
        };
    }

    private InventedValue number(int least, int most) {
        return InventedValue.number(String.valueOf(random.between(least, most)));
    }

    private InventedValue decimal(int least, int most) {
        return InventedValue.number(random.between(least, most) + "." + random.between(1, 9));
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
