package org.sqltune.data.chat.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.value.Arguments;

/**
 * The unevaluated arguments of a call.
 *
 * @param positional arguments without a name
 * @param named arguments by name
 */
record CallArguments(List<Expression> positional, Map<String, Expression> named) {
    static final CallArguments NONE = new CallArguments(List.of(), Map.of());

    Arguments evaluate(Scope scope) {
        List<@Nullable Object> values = new ArrayList<>();
        positional.forEach(each -> values.add(each.evaluate(scope)));
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        named.forEach((name, each) -> byName.put(name, each.evaluate(scope)));
        return new Arguments(values, byName);
    }
}
