package org.sqltune.data.chat.jinja.value;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The result of {@code namespace()}: the only object that a template may modify. */
public final class Namespace extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1;
}
