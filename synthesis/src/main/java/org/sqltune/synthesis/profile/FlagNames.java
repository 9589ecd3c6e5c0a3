package org.sqltune.synthesis.profile;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises names of boolean columns: {@code is_active}, {@code IsOfficial}, but not {@code ISBN} or {@code island}.
 */
public final class FlagNames {
    private static final Pattern FLAG = Pattern.compile("(?:(?i:is)[_ ]+|[iI]s(?=\\p{Lu}))(.+)");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("_+|(?<=\\p{Ll})(?=\\p{Lu})");

    private FlagNames() {}

    /** Returns the adjective of a boolean column's name, in words; empty for other columns. */
    public static Optional<String> adjective(String columnName) {
        Matcher flag = FLAG.matcher(columnName);
        return flag.matches()
                ? Optional.of(
                        BETWEEN_WORDS.matcher(flag.group(1)).replaceAll(" ").toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
