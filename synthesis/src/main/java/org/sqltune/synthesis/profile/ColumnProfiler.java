package org.sqltune.synthesis.profile;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Column;

/** Infers a column's role from its name and values. */
final class ColumnProfiler {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([ T].*)?");
    private static final Pattern KEY_NAME = Pattern.compile("(?i:(.*[_ ])?(id|key|uuid))|.*[a-z](Id|ID)");
    private static final Pattern NAME_NAME = Pattern.compile("(.*[_ ])?(name|title)");
    private static final int MOST_CATEGORIES = 60;

    private ColumnProfiler() {}

    /**
     * @param refers whether the column is a foreign key
     * @param named whether another column is the table's name column, so that a key of letters is only a key
     */
    static ColumnProfile profile(Column column, boolean refers, boolean named, List<@Nullable Object> seen) {
        List<Object> filled = seen.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        int missing = seen.size() - filled.size();
        boolean numbers = !filled.isEmpty() && filled.stream().allMatch(Number.class::isInstance);
        boolean texts = !filled.isEmpty() && filled.stream().allMatch(String.class::isInstance);
        if (!numbers && !texts) {
            return new ColumnProfile(
                    column.name(), ColumnRole.OTHER, List.of(), filled.size(), missing, column.comment());
        }
        Set<Object> distinct = new HashSet<>(filled);
        List<ProfiledValue> values = numbers ? numbers(distinct) : texts(distinct);
        ColumnRole role =
                numbers ? numberRole(column, refers) : textRole(column, refers, named, distinct, filled.size());
        return new ColumnProfile(column.name(), role, values, filled.size(), missing, column.comment());
    }

    private static ColumnRole numberRole(Column column, boolean refers) {
        boolean key =
                column.primaryKey() || refers || KEY_NAME.matcher(column.name()).matches();
        return key ? ColumnRole.KEY : ColumnRole.NUMBER;
    }

    /** Returns whether the column names a row. */
    static boolean isName(Column column) {
        return NAME_NAME.matcher(column.name().toLowerCase(Locale.ROOT)).matches();
    }

    private static ColumnRole textRole(Column column, boolean refers, boolean named, Set<Object> distinct, int filled) {
        if (distinct.stream().allMatch(value -> DATE.matcher((String) value).matches())) {
            return ColumnRole.DATE;
        }
        if (refers || KEY_NAME.matcher(column.name()).matches()) {
            return ColumnRole.KEY;
        }
        if (isName(column)) {
            return ColumnRole.NAME;
        }
        if (column.primaryKey()) {
            return named ? ColumnRole.KEY : ColumnRole.NAME;
        }
        boolean repeats = distinct.size() <= MOST_CATEGORIES && filled >= 1.5 * distinct.size();
        return repeats ? ColumnRole.CATEGORY : ColumnRole.TEXT;
    }

    private static List<ProfiledValue> numbers(Set<Object> distinct) {
        return distinct.stream()
                .map(number -> ((Number) number).doubleValue())
                .filter(Double::isFinite)
                .distinct()
                .sorted()
                .map(ProfiledValue::ofNumber)
                .toList();
    }

    private static List<ProfiledValue> texts(Set<Object> distinct) {
        return distinct.stream()
                .map(text -> ProfiledValue.ofText((String) text))
                .sorted(Comparator.comparing(ProfiledValue::text))
                .toList();
    }
}
