package org.sqltune.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.sqltune.core.config.settings.DataSettings.StratifyBy;
import org.sqltune.core.example.Example;

/**
 * What both parts of a divided set get the same mixture of.
 *
 * @param by {@code data.stratify_by}
 */
record Stratification(StratifyBy by) {
    /** What an example counts as; empty where it doesn't tell. */
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
     * Whether the examples tell enough to be divided by it; if not, and it was asked for, a note says why they are divided
     * at random.
     */
    <T> boolean requireTold(List<T> examples, Function<T, String> stratum, List<String> notes) {
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
