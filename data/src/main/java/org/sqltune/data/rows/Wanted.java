package org.sqltune.data.rows;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a row that its reader uses. Columnar formats read only these, so that other columns cost nothing and
 * can't cause errors; other formats return whole rows.
 */
public final class Wanted {
    /** All fields. */
    public static final Wanted ALL = new Wanted(null);

    private final @Nullable Set<String> names;

    private Wanted(@Nullable Set<String> names) {
        this.names = names;
    }

    /** Only the fields of these names. */
    public static Wanted of(Collection<String> names) {
        return new Wanted(Set.copyOf(names));
    }

    /** Only the fields of these names. */
    public static Wanted of(String... names) {
        return of(List.of(names));
    }

    /** Returns whether a field is read. */
    public boolean includes(String name) {
        return names == null || names.contains(name);
    }

    @Override
    public String toString() {
        return names == null ? "[any]" : new TreeSet<>(names).toString();
    }
}
