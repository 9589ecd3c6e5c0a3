package org.sqltune.data.chat.jinja;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.value.Arguments;
import org.sqltune.data.chat.jinja.value.Callable;
import org.sqltune.data.chat.jinja.value.JinjaException;
import org.sqltune.data.chat.jinja.value.Tuple;
import org.sqltune.data.chat.jinja.value.Undefined;
import org.sqltune.data.chat.jinja.value.Values;

/**
 * A {@code for} loop.
 *
 * @param names the loop variables; several names unpack an item
 * @param condition filters the items; null for all
 * @param recursive whether {@code loop(items)} renders the loop recursively
 * @param otherwise rendered if there are no items; null for nothing
 */
record Loop(
        List<String> names,
        Expression items,
        @Nullable Expression condition,
        boolean recursive,
        Statement body,
        @Nullable Statement otherwise)
        implements Statement {

    @Override
    public Flow render(Scope scope, Output out) {
        return render(items.evaluate(scope), scope, out, 0);
    }

    private Flow render(@Nullable Object value, Scope scope, Output out, int depth) {
        List<@Nullable Object> chosen = chosen(Values.items(value), scope);
        Variable variable = new Variable(chosen, scope, depth);
        for (int i = 0; i < chosen.size(); i++) {
            scope.rendering().step();
            Scope inner = scope.inner();
            variable.moveTo(i);
            inner.set("loop", variable);
            assign(inner, names, chosen.get(i));
            if (body.render(inner, out) == Flow.BREAK) {
                break;
            }
        }
        if (chosen.isEmpty() && otherwise != null) {
            return otherwise.render(scope.inner(), out);
        }
        return Flow.NEXT;
    }

    private List<@Nullable Object> chosen(List<@Nullable Object> all, Scope scope) {
        if (condition == null) {
            return all;
        }
        List<@Nullable Object> chosen = new ArrayList<>();
        for (Object item : all) {
            Scope inner = scope.inner();
            assign(inner, names, item);
            if (Values.isTrue(condition.evaluate(inner))) {
                chosen.add(item);
            }
        }
        return chosen;
    }

    /** Assigns a value to a name, or unpacks it to several names. */
    static void assign(Scope scope, List<String> names, @Nullable Object value) {
        if (names.size() == 1) {
            scope.set(names.get(0), value);
            return;
        }
        List<@Nullable Object> parts = Values.items(value);
        if (parts.size() != names.size()) {
            throw new JinjaException(parts.size() + " values don't fit the names " + String.join(", ", names));
        }
        for (int i = 0; i < parts.size(); i++) {
            scope.set(names.get(i), parts.get(i));
        }
    }

    /** The variable {@code loop}: its attributes by name, and a function if the loop is recursive. */
    private final class Variable extends AbstractMap<String, @Nullable Object> implements Callable {
        private final List<@Nullable Object> all;
        private final Scope scope;
        private final int depth;
        private int index;
        private @Nullable Object changed = new Undefined("nothing yet");

        Variable(List<@Nullable Object> all, Scope scope, int depth) {
            this.all = all;
            this.scope = scope;
            this.depth = depth;
        }

        void moveTo(int next) {
            index = next;
        }

        @Override
        public @Nullable Object call(Arguments arguments) {
            if (!recursive) {
                throw new JinjaException("the loop isn't recursive: it can't be called");
            }
            scope.rendering().enter();
            Output out = new Output();
            render(arguments.get(0, "iterable", null), scope, out, depth + 1);
            scope.rendering().leave();
            return out.text();
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return !(get(key) instanceof Undefined) || "previtem".equals(key) || "nextitem".equals(key);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return switch (Values.text(key)) {
                case "index" -> index + 1L;
                case "index0" -> (long) index;
                case "revindex" -> (long) all.size() - index;
                case "revindex0" -> all.size() - index - 1L;
                case "first" -> index == 0;
                case "last" -> index == all.size() - 1;
                case "length" -> (long) all.size();
                case "depth" -> depth + 1L;
                case "depth0" -> (long) depth;
                case "previtem" -> index == 0 ? new Undefined("there is no previous item") : all.get(index - 1);
                case "nextitem" ->
                    index == all.size() - 1 ? new Undefined("there is no next item") : all.get(index + 1);
                case "cycle" ->
                    (Callable) arguments -> arguments
                            .positional()
                            .get(index % arguments.positional().size());
                case "changed" ->
                    (Callable) arguments -> {
                        Object now = new Tuple(arguments.positional());
                        boolean other = !Values.equal(changed, now);
                        changed = now;
                        return other;
                    };
                default -> new Undefined("loop has no '" + key + "'");
            };
        }

        @Override
        public Set<Map.Entry<String, @Nullable Object>> entrySet() {
            return Set.of();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
