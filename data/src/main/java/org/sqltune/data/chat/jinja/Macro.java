package org.sqltune.data.chat.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.value.Arguments;
import org.sqltune.data.chat.jinja.value.Callable;
import org.sqltune.data.chat.jinja.value.JinjaException;
import org.sqltune.data.chat.jinja.value.Undefined;

/** A macro with its enclosing scope. */
final class Macro implements Callable {
    private final String name;
    private final Map<String, @Nullable Expression> parameters;
    private final Statement body;
    private final Scope around;

    /** @param parameters parameter names with their defaults; null for no default */
    Macro(String name, Map<String, @Nullable Expression> parameters, Statement body, Scope around) {
        this.name = name;
        this.parameters = parameters;
        this.body = body;
        this.around = around;
    }

    @Override
    public String call(Arguments arguments) {
        around.rendering().step();
        around.rendering().enter();
        Scope scope = around.inner();
        List<@Nullable Object> given = arguments.positional();
        if (given.size() > parameters.size()) {
            throw new JinjaException(name + " takes " + parameters.size() + " arguments, not " + given.size());
        }
        Map<String, @Nullable Object> others = new LinkedHashMap<>(arguments.named());
        int index = 0;
        for (Map.Entry<String, @Nullable Expression> parameter : parameters.entrySet()) {
            String key = parameter.getKey();
            Expression otherwise = parameter.getValue();
            if (index < given.size()) {
                scope.set(key, given.get(index));
            } else if (others.containsKey(key)) {
                scope.set(key, others.get(key));
            } else {
                scope.set(
                        key,
                        otherwise == null
                                ? new Undefined("parameter '" + key + "' was not provided")
                                : otherwise.evaluate(scope));
            }
            others.remove(key);
            index++;
        }
        if (others.containsKey("caller")) {
            scope.set("caller", others.remove("caller"));
        }
        if (!others.isEmpty()) {
            throw new JinjaException(name + " has no parameter " + String.join(", ", others.keySet()));
        }
        Output out = new Output();
        body.render(scope, out);
        around.rendering().leave();
        return out.text();
    }
}
