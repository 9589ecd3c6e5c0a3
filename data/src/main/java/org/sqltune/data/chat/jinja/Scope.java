package org.sqltune.data.chat.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.value.Callable;
import org.sqltune.data.chat.jinja.value.Undefined;

/** Names and their values; names of an inner scope hide those of outer ones. */
final class Scope {
    private final @Nullable Scope around;
    private final Map<String, @Nullable Object> values = new HashMap<>();
    private final Rendering rendering;

    private Scope(@Nullable Scope around, Rendering rendering) {
        this.around = around;
        this.rendering = rendering;
    }

    /** Returns the outermost scope with a rendering's values. */
    static Scope of(Map<String, ? extends @Nullable Object> values, Rendering rendering) {
        Scope scope = new Scope(null, rendering);
        scope.values.putAll(values);
        return scope;
    }

    Scope inner() {
        return new Scope(this, rendering);
    }

    Rendering rendering() {
        return rendering;
    }

    void set(String name, @Nullable Object value) {
        values.put(name, value);
    }

    @Nullable
    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            if (scope.values.containsKey(name)) {
                return scope.values.get(name);
            }
        }
        Callable global = Globals.of(name, rendering);
        return global == null ? new Undefined("'" + name + "' is undefined") : global;
    }
}
