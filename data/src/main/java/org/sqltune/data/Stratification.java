package org.sqltune.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.sqltune.core.config.settings.DataSettings.StratifyBy;
import org.sqltune.core.example.Example;

/**
 * Groups examples so that both parts of a split get the same share of each group.
 *
 * @param by {@code data.stratify_by}
 */
record Stratification(StratifyBy by) {
    /** Returns the example's group; empty if the example doesn't have the property. */
    String stratum(Example example) {
        return switch (by) {
            case NONE -> "";
            case AUTO, COMPLEXITY -> example.context().complexity();
            case CATEGORY ->
                example.category() == null ? "" : example.category().name();
            case DOMAIN -> example.context().domain();
            case DATABASE -> example.databaseId();
        };
    }

    /**
     * Returns whether the examples can be stratified. If not, and {@code data.stratify_by} requests it, a note gives
     * the reason.
     */
    <T> boolean canStratify(List<T> examples, Function<T, String> stratum, List<String> notes) {
        Set<String> strata = new HashSet<>();
        examples.forEach(each -> strata.add(stratum.apply(each)));
        String name = by.name().toLowerCase(Locale.ROOT);
        if (strata.equals(Set.of(""))) {
            if (by != StratifyBy.AUTO && by != StratifyBy.NONE) {
                notes.add("The data doesn't tell a question's " + name
                        + " (data.stratify_by): the validation set is held out at random.");
            }
            return false;
        }
        if (strata.size() > examples.size() / 2) {
            notes.add("There are " + strata.size() + " kinds of " + name + " among " + examples.size()
                    + " examples (data.stratify_by): the validation set is held out at random.");
            return false;
        }
        return true;
    }
}
