package org.sqltune.core.config;

import java.util.List;

/**
 * A configuration of another form, as one of SqlTune's.
 *
 * @param yaml the sections and keys that it has values for, as {@link RunConfigLoader} reads them
 * @param mapped what was taken, in the order in which it stood there
 * @param leftOut what wasn't
 */
public record ImportedConfig(String yaml, List<Mapped> mapped, List<LeftOut> leftOut) {
    public ImportedConfig {
        mapped = List.copyOf(mapped);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * A key that was taken.
     *
     * @param from as it stood there
     * @param to SqlTune's key
     * @param value its value here
     */
    public record Mapped(String from, String to, String value) {}

    /**
     * A key that wasn't taken.
     *
     * @param key as it stood there
     * @param why why not, and what there is instead
     */
    public record LeftOut(String key, String why) {}
}
