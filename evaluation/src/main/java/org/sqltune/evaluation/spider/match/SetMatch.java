package org.sqltune.evaluation.spider.match;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The result of exact set match.
 *
 * @param exact whether all components match and both queries read the same tables
 * @param components the result of each component
 */
public record SetMatch(boolean exact, Map<Component, ComponentMatch> components) {
    public SetMatch {
        components = Collections.unmodifiableMap(new EnumMap<>(components));
    }
}
