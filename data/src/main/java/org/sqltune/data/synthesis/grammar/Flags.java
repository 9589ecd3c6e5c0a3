package org.sqltune.data.synthesis.grammar;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.data.synthesis.grammar.Condition.Single;
import org.sqltune.data.synthesis.profile.ColumnProfile;
import org.sqltune.data.synthesis.profile.Value;

/** Columns that say whether something is so: {@code is_active}, {@code IsOfficial}, with values such as T and F. */
final class Flags {
    private static final Pattern NAME = Pattern.compile("(?i:is)(?:[_ ]|(?=\\p{Lu}))(.+)");
    private static final Set<String> YES = Set.of("t", "true", "y", "yes", "1");
    private static final Set<String> NO = Set.of("f", "false", "n", "no", "0");
    private static final double SPOKEN = 0.8;

    private Flags() {}

    /** Mostly the condition as an adjective, "that are official"; nothing where the column or the value is none. */
    static Optional<Single> condition(Scope scope, ColumnProfile column, Value value) {
        Matcher name = NAME.matcher(column.name());
        String said = value.text().toLowerCase(Locale.ROOT);
        boolean flag = name.matches() && (YES.contains(said) || NO.contains(said));
        if (!flag || !scope.choice().chance(SPOKEN)) {
            return Optional.empty();
        }
        String adjective = name.group(1).replace('_', ' ').toLowerCase(Locale.ROOT);
        return Optional.of(new Single(
                YES.contains(said) ? "is" : "is-not",
                column,
                "",
                " = " + value.literal(),
                Map.of("column", scope.attribute(column), "value", new Term.Words(adjective))));
    }
}
