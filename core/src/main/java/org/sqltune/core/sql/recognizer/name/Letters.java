package org.sqltune.core.sql.recognizer.name;

import java.util.LinkedHashSet;
import java.util.Set;

/** Small letters and capitals, as SQLite has them: ASCII's alone. */
final class Letters {
    private static final int TO_SMALL = 'a' - 'A';

    private Letters() {}

    /**
     * The ways in which people write a name: as declared, in small letters, in capitals, with a capital at the beginning of it or
     * of each part, and with {@code ID}, {@code Id} or {@code id} at its end. 99.6 % of Spider's
     * gold queries have no other spelling.
     */
    static Set<String> spellings(String declared) {
        Set<String> spellings = new LinkedHashSet<>();
        String small = small(declared);
        spellings.add(declared);
        spellings.add(small);
        spellings.add(capitals(declared));
        spellings.add(begun(small));
        spellings.add(begun(declared));
        spellings.add(small(declared.substring(0, 1)) + declared.substring(1));
        spellings.add(partsBegun(small));
        spellings.add(partsBegun(declared));
        if (small.endsWith("id")) {
            for (String each : Set.copyOf(spellings)) {
                String stem = each.substring(0, each.length() - 2);
                spellings.add(stem + "ID");
                spellings.add(stem + "Id");
                spellings.add(stem + "id");
            }
        }
        return spellings;
    }

    private static String begun(String word) {
        return capitals(word.substring(0, 1)) + word.substring(1);
    }

    private static String partsBegun(String word) {
        StringBuilder begun = new StringBuilder(word);
        for (int i = 0; i < begun.length(); i++) {
            boolean first = i == 0 || begun.charAt(i - 1) == '_' || begun.charAt(i - 1) == ' ';
            if (first) {
                begun.setCharAt(i, capital(begun.charAt(i)));
            }
        }
        return begun.toString();
    }

    private static char capital(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - TO_SMALL) : c;
    }

    private static String capitals(String word) {
        StringBuilder capitals = new StringBuilder(word);
        for (int i = 0; i < capitals.length(); i++) {
            capitals.setCharAt(i, capital(capitals.charAt(i)));
        }
        return capitals.toString();
    }

    static String small(String word) {
        StringBuilder small = new StringBuilder(word);
        for (int i = 0; i < small.length(); i++) {
            char c = small.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                small.setCharAt(i, (char) (c + TO_SMALL));
            }
        }
        return small.toString();
    }
}
