package org.sqltune.model.lora;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.regex.PythonPattern;

/**
 * Numbers for some modules, in PEFT's manner ({@code rank_pattern}, {@code alpha_pattern}): a key is a regular expression
 * that must match a module's path from a dot, or its beginning, to its end. The first key that does counts.
 *
 * @param byPattern numbers by pattern, in order
 */
public record ModulePatterns<N extends Number>(Map<String, N> byPattern) {
    /** @throws SqlTuneException if a key is not a regular expression */
    public ModulePatterns {
        byPattern = Collections.unmodifiableMap(new LinkedHashMap<>(byPattern));
        byPattern.keySet().forEach(PythonPattern::ofEnd);
    }

    /** No number for any module. */
    public static <N extends Number> ModulePatterns<N> none() {
        return new ModulePatterns<>(Map.of());
    }

    /** The number for a module, or another one where no key matches. */
    public N of(String path, N fallback) {
        for (Map.Entry<String, N> entry : byPattern.entrySet()) {
            if (matches(entry.getKey(), path)) {
                return entry.getValue();
            }
        }
        return fallback;
    }

    /** The same with every number changed. */
    ModulePatterns<N> map(UnaryOperator<N> change) {
        Map<String, N> changed = new LinkedHashMap<>();
        byPattern.forEach((key, value) -> changed.put(key, change.apply(value)));
        return new ModulePatterns<>(changed);
    }

    /** Keys that match none of some modules. */
    List<String> without(List<String> paths) {
        return byPattern.keySet().stream()
                .filter(key -> paths.stream().noneMatch(path -> matches(key, path)))
                .toList();
    }

    private static boolean matches(String key, String path) {
        return PythonPattern.ofEnd(key).matches(path);
    }
}
