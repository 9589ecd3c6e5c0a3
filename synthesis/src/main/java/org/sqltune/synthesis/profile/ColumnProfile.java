package org.sqltune.synthesis.profile;

import java.util.List;
import org.sqltune.core.schema.SqlIdentifiers;

/**
 * A column and what occurs in it.
 *
 * @param name as the database spells it
 * @param role what it is for
 * @param values the distinct values seen, numbers by size and texts by alphabet; empty for {@link ColumnRole#OTHER}
 * @param filled rows seen with a value
 * @param missing rows seen with NULL
 * @param comment what it means, in a few words; empty if nothing says so
 */
public record ColumnProfile(
        String name, ColumnRole role, List<ProfiledValue> values, int filled, int missing, String comment) {
    private static final int MOST_GROUPS = 40;

    public ColumnProfile {
        values = List.copyOf(values);
    }

    /** Creates a column without a comment. */
    public ColumnProfile(String name, ColumnRole role, List<ProfiledValue> values, int filled, int missing) {
        this(name, role, values, filled, missing, "");
    }

    /** Returns the name as SQL writes it, quoted where it must be. */
    public String sql() {
        return SqlIdentifiers.quotedIfNeeded(name);
    }

    /** Returns whether the role is one of these. */
    public boolean is(ColumnRole... roles) {
        return List.of(roles).contains(role);
    }

    /** Returns whether no value was seen twice. */
    public boolean unique() {
        return filled == values.size();
    }

    /** Returns whether rows can sensibly be grouped by it: a few values, each of several rows. */
    public boolean groupable() {
        boolean kind = is(ColumnRole.CATEGORY) || (is(ColumnRole.NUMBER) && wholeNumbers());
        return kind && values.size() >= 2 && values.size() <= MOST_GROUPS && filled >= 2 * values.size();
    }

    /** Returns whether it orders rows: a number or a date that differs between rows. */
    public boolean ordered() {
        return is(ColumnRole.NUMBER, ColumnRole.DATE) && values.size() >= 2;
    }

    private boolean wholeNumbers() {
        return values.stream().noneMatch(v -> v.text().contains("."));
    }
}
