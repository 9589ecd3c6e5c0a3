package org.sqltune.synthesis.grammar;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sqltune.synthesis.grammar.DraftCondition.Single;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.FlagNames;
import org.sqltune.synthesis.profile.ProfiledValue;

/** Conditions on boolean columns such as {@code is_active} or {@code IsOfficial}, with values such as T and F. */
final class Flags {
    private static final Set<String> YES = Set.of("t", "true", "y", "yes", "1");
    private static final Set<String> NO = Set.of("f", "false", "n", "no", "0");
    private static final double SPOKEN = 0.8;

    private Flags() {}

    /**
     * Returns the condition phrased as an adjective, "that are official", in most cases; empty if the column or the
     * value isn't boolean.
     */
    static Optional<Single> condition(DraftScope scope, ColumnProfile column, ProfiledValue value) {
        String said = value.text().toLowerCase(Locale.ROOT);
        return FlagNames.adjective(column.name())
                .filter(adjective -> YES.contains(said) || NO.contains(said))
                .filter(adjective -> scope.choice().chance(SPOKEN))
                .map(adjective -> new Single(
                        YES.contains(said) ? "is" : "is-not",
                        column,
                        "",
                        " = " + value.literal(),
                        Map.of("column", scope.attribute(column), "value", new Term.Words(adjective))));
    }
}
