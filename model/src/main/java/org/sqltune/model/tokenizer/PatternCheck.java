package org.sqltune.model.tokenizer;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Finds regular expressions that take the native library's matcher too long or too much of its stack. It gives up after
 * ten million steps of one match, and then ends the process. So an unlimited repeat may hold neither another nor a choice,
 * as in {@code (a+)+}, and a branch has few unlimited repeats.
 */
final class PatternCheck {
    private static final int LONGEST = 20_000;
    private static final int DEEPEST = 50;
    private static final int MOST_UNLIMITED = 4;
    private static final int MOST_REPEATS = 1_000;

    private final String pattern;
    private final Deque<Group> open = new ArrayDeque<>();
    private int position;
    private @Nullable String fault;

    private PatternCheck(String pattern) {
        this.pattern = pattern;
    }

    /** A group, or the whole, while it is read. */
    private static final class Group {
        private boolean choice;
        private boolean unlimited;
        private int unlimitedInBranch;
        private int mostInBranch;
        private long repeats = 1;

        void branch() {
            choice = true;
            unlimitedInBranch = 0;
        }

        void addUnlimited(int count) {
            unlimited = true;
            unlimitedInBranch += count;
            mostInBranch = Math.max(mostInBranch, unlimitedInBranch);
        }
    }

    /** What is wrong, as the end of a sentence; null if nothing is. Whether it is a pattern at all is not looked at. */
    static @Nullable String fault(String pattern) {
        if (pattern.length() > LONGEST) {
            return "has " + pattern.length() + " characters, more than " + LONGEST;
        }
        return pattern.isEmpty() ? "is empty" : new PatternCheck(pattern).read();
    }

    private @Nullable String read() {
        open.push(new Group());
        @Nullable Group last = null;
        while (position < pattern.length() && fault == null) {
            char c = pattern.charAt(position++);
            switch (c) {
                case '\\' -> {
                    position++;
                    last = null;
                }
                case '[' -> {
                    skipClass();
                    last = null;
                }
                case '(' -> {
                    open.push(new Group());
                    last = null;
                }
                case ')' -> last = close();
                case '|' -> {
                    top().branch();
                    last = null;
                }
                case '*', '+' -> last = repeated(last, true, 1);
                case '{' -> last = counted(last);
                default -> last = null;
            }
            if (open.size() > DEEPEST) {
                return "has groups more than " + DEEPEST + " levels deep";
            }
        }
        return fault;
    }

    private Group top() {
        Group top = open.peek();
        return top == null ? new Group() : top;
    }

    /** The group that ends here, which a repeat may follow. */
    private @Nullable Group close() {
        if (open.size() < 2) {
            return null;
        }
        Group group = open.pop();
        top().repeats = Math.max(top().repeats, group.repeats);
        if (group.unlimited) {
            top().addUnlimited(group.mostInBranch);
            limitBranch();
        }
        return group;
    }

    private void limitBranch() {
        if (top().unlimitedInBranch > MOST_UNLIMITED) {
            fault = "has more than " + MOST_UNLIMITED + " unlimited repeats in a row";
        }
    }

    private @Nullable Group repeated(@Nullable Group group, boolean unlimited, long count) {
        // A second mark makes the first one lazy or possessive.
        boolean mark = position >= 2 && "*+?}".indexOf(pattern.charAt(position - 2)) >= 0 && group == null;
        if (unlimited && !(mark && !escaped(position - 2))) {
            if (group != null && (group.unlimited || group.choice)) {
                fault = "repeats without limit what repeats or chooses itself";
            }
            top().addUnlimited(1);
            limitBranch();
        }
        long repeats = count * (group == null ? 1 : group.repeats);
        top().repeats = Math.max(top().repeats, repeats);
        if (repeats > MOST_REPEATS) {
            fault = "repeats something more than " + MOST_REPEATS + " times";
        }
        return null;
    }

    private boolean escaped(int at) {
        int slashes = 0;
        for (int i = at - 1; i >= 0 && pattern.charAt(i) == '\\'; i--) {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** {@code {2}}, {@code {2,}}, {@code {,3}} or {@code {2,3}}; any other brace is a character. */
    private @Nullable Group counted(@Nullable Group group) {
        int end = pattern.indexOf('}', position);
        String inside = end < 0 ? "" : pattern.substring(position, end);
        if (!inside.matches("\\d{1,9}(,\\d{0,9})?|,\\d{1,9}")) {
            return null;
        }
        position = end + 1;
        boolean unlimited = inside.endsWith(",");
        String[] numbers = inside.split(",");
        return repeated(group, unlimited, Long.parseLong(numbers[numbers.length - 1]));
    }

    /** Classes may hold classes. */
    private void skipClass() {
        int depth = 1;
        while (position < pattern.length() && depth > 0) {
            char c = pattern.charAt(position++);
            if (c == '\\') {
                position++;
            } else if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            }
            if (depth > DEEPEST) {
                fault = "has character classes more than " + DEEPEST + " levels deep";
                return;
            }
        }
    }
}
