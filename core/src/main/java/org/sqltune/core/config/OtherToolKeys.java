package org.sqltune.core.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys of TRL, PEFT, transformers and LLaMA-Factory that are called otherwise here, or don't exist. Immutable. */
public final class OtherToolKeys {
    private static final String RESOURCE = "other-tool-keys.yaml";

    private final Map<String, OtherToolKey> byName;

    private OtherToolKeys(Map<String, OtherToolKey> byName) {
        this.byName = byName;
    }

    /**
     * What there is instead of a key.
     *
     * @param of tools that know the key
     * @param use the key to use here; null if there is none
     * @param note what to write there, or why there is no such key; code in backticks; null if the name says it all
     */
    public record OtherToolKey(
            List<String> of, @Nullable String use, @Nullable String note) {
        public OtherToolKey {
            of = List.copyOf(of);
        }

        /** The same in one line without markup, to follow the key's name and a colon. */
        String remedy() {
            String plain = note == null ? "" : note.replace("`", "");
            if (use == null) {
                return "SqlTune has no such key: " + plain;
            }
            return "use " + use + (plain.isEmpty() ? "" : ": " + plain);
        }
    }

    /** The table that comes with SqlTune. */
    public static OtherToolKeys read() {
        try (InputStream in = OtherToolKeys.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            Map<String, OtherToolKey> byName =
                    new YAMLMapper().readValue(in, new TypeReference<LinkedHashMap<String, OtherToolKey>>() {});
            return new OtherToolKeys(Collections.unmodifiableMap(byName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every key, by name. */
    public Map<String, OtherToolKey> byName() {
        return byName;
    }

    /** What there is instead of a key, in whatever section it was written. */
    Optional<OtherToolKey> find(String key) {
        return Optional.ofNullable(byName.get(key.substring(key.lastIndexOf('.') + 1)));
    }
}
