package org.sqltune.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ids with a meaning of their own.
 *
 * @param bos begins a text; null if none
 * @param eos end a text; each of them stops generation
 * @param pad fills rows up; null if none
 */
public record TokenIds(
        @Nullable Integer bos, List<Integer> eos, @Nullable Integer pad) {
    public TokenIds {
        eos = List.copyOf(eos);
    }
}
