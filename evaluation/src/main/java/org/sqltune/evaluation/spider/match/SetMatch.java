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

    /**
     * The comparison of one component.
     *
     * @param gold number of elements in the gold query; if 0, the row doesn't count towards recall
     * @param predicted number of elements in the prediction; if 0, the row doesn't count towards accuracy
     * @param matched number of elements in common
     */
    public record ComponentMatch(int gold, int predicted, int matched) {
        /** Returns whether all elements match: then accuracy, recall and F1 are 1, otherwise 0. */
        public boolean right() {
            return gold == predicted && matched == predicted;
        }
    }
}
