package org.sqltune.data.chat.jinja.value;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** What {@code namespace()} gives: the only object that a template may change. */
public final class Namespace extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1;
}
