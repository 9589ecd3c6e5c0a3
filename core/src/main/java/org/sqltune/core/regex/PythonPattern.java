package org.sqltune.core.regex;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.sqltune.core.SqlTuneException;

/**
 * A regular expression from a file of Python's, for short texts such as paths of modules. Where Python's syntax differs
 * from Java's, it is rewritten: named groups, and {@code \Z} for the end. Matching ends with an error where it takes too
 * long, since some expressions need more steps than there are seconds.
 */
public final class PythonPattern {
    /** Longer than any path; the compiler of regular expressions recurses. */
    private static final int LONGEST = 500;

    /** Characters looked at for one text, some milliseconds. */
    private static final int MOST_STEPS = 200_000;

    private static final Pattern NAMED = Pattern.compile("(?<!\\\\)\\(\\?P<\\w+>");

    private final String text;
    private final Pattern pattern;

    private PythonPattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** @throws SqlTuneException if it is no regular expression, or a longer one than is needed for names */
    public static PythonPattern of(String text) {
        return of(text, text);
    }

    /**
     * As {@link #of(String)}, for an expression that begins anew behind each dot of a text, or at its beginning.
     *
     * @throws SqlTuneException as there
     */
    public static PythonPattern ofEnd(String text) {
        return of(text, "(.*\\.)?(" + text + ")");
    }

    private static PythonPattern of(String text, String whole) {
        if (text.length() > LONGEST) {
            throw new SqlTuneException("a module pattern of " + text.length() + " characters: give names of modules");
        }
        try {
            return new PythonPattern(
                    text, Pattern.compile(NAMED.matcher(whole).replaceAll("(").replace("\\Z", "\\z")));
        } catch (PatternSyntaxException e) {
            throw new SqlTuneException("'" + text + "' is not a regular expression: " + e.getDescription(), e);
        } catch (StackOverflowError e) {
            throw new SqlTuneException("'" + text + "' is nested too deeply: give names of modules", e);
        }
    }

    /**
     * Whether the whole text matches, as Python's {@code re.fullmatch}.
     *
     * @throws SqlTuneException if that takes too long to find out
     */
    public boolean matches(String candidate) {
        Matcher matcher = pattern.matcher(new Counted(candidate, new int[1]));
        try {
            return matcher.matches();
        } catch (TooManySteps | StackOverflowError e) {
            throw new SqlTuneException("'" + text + "' takes too long to match: give names of modules", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }

    /** Counts what a matcher looks at. */
    private record Counted(CharSequence text, int[] steps) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++steps[0] > MOST_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManySteps() {
            super(null, null, false, false);
        }
    }
}
