package org.sqltune.core.sql.recognizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sqltune.core.sql.recognizer.QueryRecognizer.Lexeme;

/** Looks for a short text that makes the token at a place whole and ends the query behind it. */
final class ShortestEnding {
    private final QueryRecognizer place;
    private final Lexeme lexeme;
    private final String text;

    ShortestEnding(QueryRecognizer place) {
        this.place = place;
        this.lexeme = place.lexeme();
        this.text = place.text();
    }

    /** The ending, in UTF-8; empty if the query may end here. */
    byte[] find() {
        if (lexeme == Lexeme.NONE) {
            return place.parse().ending().getBytes(StandardCharsets.UTF_8);
        }
        Parse whole = place.completed();
        if (whole != null) {
            return behind(whole);
        }
        byte[] best = null;
        for (String rest : rests()) {
            byte[] bytes = rest.getBytes(StandardCharsets.ISO_8859_1);
            QueryRecognizer there = place.next(bytes);
            Parse after = there == null ? null : there.completed();
            if (there != null && after != null) {
                byte[] candidate = joined(bytes, new ShortestEnding(there).behind(after));
                best = best == null || candidate.length < best.length ? candidate : best;
            }
        }
        if (best == null) {
            throw new IllegalStateException("nothing ends " + place);
        }
        return best;
    }

    private static byte[] joined(byte[] one, byte... other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    /** What follows the token that ends here. */
    private byte[] behind(Parse whole) {
        String last = switch (lexeme) {
            case WORD, FREE_WORD, NUMBER -> "a";
            case AFTER_QUOTES -> text.substring(0, 1);
            case AFTER_STRING, CHARACTER -> "'";
            default -> "(";
        };
        return Parse.joined(last, whole.ending())
                .substring(whole.ending().isEmpty() ? last.length() : 1)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Texts that may make the token whole. Chars are bytes. */
    private List<String> rests() {
        List<String> rests = new ArrayList<>();
        switch (lexeme) {
            case STRING -> rests.add("'");
            case CHARACTER -> rests.add("!'".substring(text.length() - 1));
            case NUMBER -> rests.add("0");
            case SYMBOL ->
                place.parse().expectation().symbols().stream()
                        .filter(symbol -> symbol.startsWith(text))
                        .forEach(symbol -> rests.add(symbol.substring(text.length())));
            case AFTER_QUOTES -> {
                QueryRecognizer inside = place.next((byte) text.charAt(0));
                if (inside != null) {
                    new ShortestEnding(inside).rests().forEach(rest -> rests.add(text.charAt(0) + rest));
                }
            }
            default -> addSpelled(rests);
        }
        return rests;
    }

    private void addSpelled(List<String> rests) {
        boolean quoted = lexeme != Lexeme.WORD && lexeme != Lexeme.FREE_WORD;
        String close = quoted ? QueryRecognizer.letter(QueryRecognizer.quote(lexeme)) : "";
        for (Cursor cursor : place.cursors()) {
            for (byte[] rest : cursor.trie().rests(cursor.node(), cursor.wanted(), 8)) {
                String spelled = new String(rest, StandardCharsets.ISO_8859_1);
                rests.add((quoted && !close.equals("]") ? spelled.replace(close, close + close) : spelled) + close);
            }
        }
        for (int number = 0; number < 100; number++) {
            rests.add(number + close);
        }
        rests.add(close);
    }
}
