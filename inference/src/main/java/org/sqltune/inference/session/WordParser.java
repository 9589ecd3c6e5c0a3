package org.sqltune.inference.session;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Cuts a line into the words that completion works on. Unlike a shell's parser it gives quotes and backslashes no
 * meaning: a question may hold an apostrophe, a command begins with a backslash.
 */
final class WordParser implements Parser {
    private static final String DELIMITERS = "(),.;:=<>+*/'?!";

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        List<String> words = new ArrayList<>();
        int wordIndex = -1;
        int wordCursor = 0;
        int start = 0;
        for (int end = 0; end <= line.length(); end++) {
            if (end < line.length() && !isDelimiter(line.charAt(end))) {
                continue;
            }
            boolean atCursor = start <= cursor && cursor <= end && wordIndex < 0;
            if (atCursor) {
                wordIndex = words.size();
                wordCursor = cursor - start;
            }
            if (atCursor || end > start) {
                words.add(line.substring(start, end));
            }
            start = end + 1;
        }
        return new Words(line, cursor, List.copyOf(words), wordIndex, wordCursor);
    }

    private static boolean isDelimiter(char character) {
        return Character.isWhitespace(character) || DELIMITERS.indexOf(character) >= 0;
    }

    /** A line in words; the cursor is in one of them, perhaps an empty one. */
    private record Words(String line, int cursor, List<String> words, int wordIndex, int wordCursor)
            implements CompletingParsedLine {
        @Override
        public String word() {
            return words.get(wordIndex);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word().length();
        }
    }
}
