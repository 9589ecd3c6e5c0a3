package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A list that prints itself in parentheses. */
public final class Tuple extends ArrayList<@Nullable Object> {
    private static final long serialVersionUID = 1;

    public Tuple(Collection<? extends @Nullable Object> items) {
        super(items);
    }
}
