package org.sqltune.core.sql.syntax;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which words SQLite's grammar keeps for itself, and where. All other keywords, such as {@code DESC} or {@code ROWS}, are
 * names wherever the grammar asks for nothing else (the {@code %fallback} rule of parse.y).
 */
public final class Keywords {
    /** Never a name without quotes. */
    private static final int RESERVED = 1;

    /** Part of a join's kind where a table may follow; a name elsewhere. */
    private static final int JOIN_KIND = 2;

    /** An operator where one may follow; a name elsewhere. */
    private static final int MATCHING = 4;

    /** Begins an expression of its own and so names no column there. */
    private static final int BEGINS_EXPRESSION = 8;

    /** Begins a part of a window and so isn't the name of another window. */
    private static final int BEGINS_WINDOW_PART = 16;

    /** INDEXED, which follows a table's name. */
    private static final int INDEXED = 32;

    /** The sum of what each keyword is; other words are 0. */
    private static final Map<String, Integer> ROLES = roles();

    private Keywords() {}

    private static Map<String, Integer> roles() {
        Map<String, Integer> roles = new HashMap<>();
        add(
                roles,
                RESERVED,
                "add all alter and as autoincrement between case check collate commit"
                        + " constraint create default deferrable delete distinct drop else escape except exists foreign from group"
                        + " having in index insert intersect into is isnull join limit not nothing notnull null on or order primary"
                        + " references returning select set table then to transaction union unique update using values when where");
        add(roles, JOIN_KIND, "cross full inner left natural outer right");
        add(roles, MATCHING, "like glob regexp match");
        add(roles, BEGINS_EXPRESSION, "cast raise current_date current_time current_timestamp");
        add(roles, BEGINS_WINDOW_PART, "partition range rows groups");
        add(roles, INDEXED, "indexed");
        return roles;
    }

    private static void add(Map<String, Integer> roles, int role, String words) {
        for (String word : words.split(" ")) {
            roles.merge(word, role, (one, other) -> one | other);
        }
    }

    /** Whether the word has one of the roles, given as their sum. */
    private static boolean is(String word, int role) {
        return (ROLES.getOrDefault(word.toLowerCase(Locale.ROOT), 0) & role) != 0;
    }

    /** Whether the word, in any case, is never a name unless quoted. */
    public static boolean isReserved(String word) {
        return is(word, RESERVED);
    }

    /** Whether the word is one of a join's kinds: {@code LEFT}, {@code NATURAL} and so on. */
    public static boolean isJoinKind(String word) {
        return is(word, JOIN_KIND);
    }

    /** Whether the word is {@code LIKE}, {@code GLOB}, {@code REGEXP} or {@code MATCH}. */
    public static boolean isMatching(String word) {
        return is(word, MATCHING);
    }

    /** Whether the word can be an alias without {@code AS}, or a type or collation. */
    static boolean isPlainName(String word) {
        return !is(word, RESERVED | JOIN_KIND | INDEXED);
    }

    /** Whether the word can be a column's name at the beginning of an expression. */
    static boolean isColumnName(String word) {
        return !is(word, RESERVED | BEGINS_EXPRESSION);
    }

    /** Whether the word can be the name of the window that another one is based on. */
    static boolean isWindowName(String word) {
        return !is(word, RESERVED | BEGINS_WINDOW_PART);
    }

    /** Whether the word can be a window's name behind WINDOW or OVER. */
    static boolean isOpenWindowName(String word) {
        return !is(word, RESERVED | INDEXED) && !word.equalsIgnoreCase("filter");
    }

    /** Whether the grammar reads the word as a name in every place where a name can stand. */
    public static boolean isNameEverywhere(String word) {
        return isPlainName(word)
                && isColumnName(word)
                && isWindowName(word)
                && !isMatching(word)
                && !word.equalsIgnoreCase("recursive")
                && !word.equalsIgnoreCase("filter")
                && !word.equalsIgnoreCase("over")
                && !word.equalsIgnoreCase("window");
    }
}
