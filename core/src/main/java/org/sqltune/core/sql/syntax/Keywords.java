package org.sqltune.core.sql.syntax;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which words SQLite's grammar keeps for itself, and where. All other keywords, such as {@code DESC} or {@code ROWS}, are
 * names wherever the grammar asks for nothing else (the {@code %fallback} rule of parse.y).
 */
public final class Keywords {
    /** Never a name without quotes. */
    private static final Set<String> RESERVED = words(
            "add all alter and as autoincrement between case check collate commit"
                    + " constraint create default deferrable delete distinct drop else escape except exists foreign from group"
                    + " having in index insert intersect into is isnull join limit not nothing notnull null on or order primary"
                    + " references returning select set table then to transaction union unique update using values when where");

    /** Part of a join's kind where a table may follow; a name elsewhere. */
    private static final Set<String> JOIN_KINDS = words("cross full inner left natural outer right");

    /** Operators where one may follow; names elsewhere. */
    private static final Set<String> MATCHING = words("like glob regexp match");

    /** What begins an expression of its own and so names no column there. */
    private static final Set<String> BEGINS_EXPRESSION =
            words("cast raise current_date current_time current_timestamp");

    /** What begins a part of a window and so isn't the name of another window. */
    private static final Set<String> BEGINS_WINDOW_PART = words("partition range rows groups");

    private Keywords() {}

    /** Whether the word, in any case, is never a name unless quoted. */
    public static boolean isReserved(String word) {
        return RESERVED.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether the word is one of a join's kinds: {@code LEFT}, {@code NATURAL} and so on. */
    public static boolean isJoinKind(String word) {
        return JOIN_KINDS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether the word is {@code LIKE}, {@code GLOB}, {@code REGEXP} or {@code MATCH}. */
    public static boolean isMatching(String word) {
        return MATCHING.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether the word can be an alias without {@code AS}, or a type or collation. */
    static boolean isPlainName(String word) {
        return !isReserved(word) && !isJoinKind(word) && !word.equalsIgnoreCase("indexed");
    }

    /** Whether the word can be a column's name at the beginning of an expression. */
    static boolean isColumnName(String word) {
        return !isReserved(word) && !BEGINS_EXPRESSION.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether the word can be the name of the window that another one is based on. */
    static boolean isWindowName(String word) {
        return !isReserved(word) && !BEGINS_WINDOW_PART.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether the word can be a window's name behind WINDOW or OVER. */
    static boolean isOpenWindowName(String word) {
        return !isReserved(word) && !word.equalsIgnoreCase("filter") && !word.equalsIgnoreCase("indexed");
    }

    /** Whether the grammar reads the word as a name in every place where a name can stand. */
    static boolean isNameEverywhere(String word) {
        return isPlainName(word)
                && isColumnName(word)
                && isWindowName(word)
                && !isMatching(word)
                && !word.equalsIgnoreCase("recursive")
                && !word.equalsIgnoreCase("filter")
                && !word.equalsIgnoreCase("over")
                && !word.equalsIgnoreCase("window");
    }

    private static Set<String> words(String list) {
        return Arrays.stream(list.split(" ")).collect(Collectors.toUnmodifiableSet());
    }
}
