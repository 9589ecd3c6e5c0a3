package org.sqltune.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the entries of one configuration, section by section, and collects what is wrong with them. Reading a key
 * also declares it: what nobody has read in the end is unknown. So the list of keys stands in one place only.
 */
final class ConfigReader {
    /** Looking for the name that was meant takes time, and nobody reads thousands. */
    private static final int MOST_EXPLAINED = 100;

    private final Map<String, ConfigEntry> entries = new LinkedHashMap<>();
    private final Set<String> sections = new LinkedHashSet<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> faulty = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();

    /** @param given every entry; of two with the same key the later one counts */
    ConfigReader(List<ConfigEntry> given) {
        given.forEach(entry -> entries.put(entry.key(), entry));
    }

    /** A view of one section. */
    ConfigSection section(String name) {
        sections.add(name);
        return new ConfigSection(this, name);
    }

    /** The entry of a key, which thereby becomes a known one; null if it isn't given. */
    @Nullable
    ConfigEntry take(String key) {
        known.add(key);
        return entries.get(key);
    }

    /** The entries below a key whose names are the user's own; they thereby become known ones. */
    List<ConfigEntry> takeBelow(String key) {
        List<ConfigEntry> below = entries.values().stream()
                .filter(entry -> entry.key().startsWith(key + "."))
                .toList();
        below.forEach(entry -> known.add(entry.key()));
        return below;
    }

    /** What stands directly below a key, by name. */
    Set<String> namesBelow(String key) {
        Set<String> names = new LinkedHashSet<>();
        for (String each : entries.keySet()) {
            if (each.startsWith(key + ".")) {
                names.add(each.substring(key.length() + 1).split("\\.", 2)[0]);
            }
        }
        return names;
    }

    /** Whether a key is given with a value. */
    boolean gives(String key) {
        ConfigEntry entry = entries.get(key);
        return entry != null && !(entry.value() instanceof ConfigEntry.Value.Absent);
    }

    /** Notes that an entry is wrong and what to do about it. */
    void fault(ConfigEntry entry, String remedy) {
        faulty.add(entry.key());
        faults.add(entry.fault(remedy));
    }

    /** Notes that a key, which may or may not be given, is wrong and what to do about it. */
    void fault(String key, String remedy) {
        ConfigEntry entry = entries.get(key);
        if (entry == null) {
            faulty.add(key);
            faults.add(key + ": " + remedy);
        } else {
            fault(entry, remedy);
        }
    }

    /** Whether a fault of this key has been noted: what follows from its value is then not worth a second one. */
    boolean isFaulty(String key) {
        return faulty.contains(key);
    }

    /** Everything noted, unknown keys last. To be asked once every section has been read. */
    List<String> faults() {
        KeySuggestions suggestions = new KeySuggestions(known);
        List<String> all = new ArrayList<>(faults);
        for (ConfigEntry entry : entries.values()) {
            if (!known.contains(entry.key()) && !isEmptySection(entry)) {
                String key = ConfigEntry.clipped(entry.key());
                all.add(entry.origin() + ": "
                        + (all.size() < MOST_EXPLAINED ? unknown(key, suggestions) : "unknown key " + key));
            }
        }
        return all;
    }

    private boolean isEmptySection(ConfigEntry entry) {
        return sections.contains(entry.key()) && entry.value() instanceof ConfigEntry.Value.Absent;
    }

    private String unknown(String key, KeySuggestions suggestions) {
        if (sections.contains(key)) {
            return key + " is a section: put its keys below it, such as " + firstKeyOf(key);
        }
        Optional<String> parent =
                known.stream().filter(each -> key.startsWith(each + ".")).findFirst();
        if (parent.isPresent()) {
            return key + " can't be: " + parent.get() + " takes a value, not keys of its own";
        }
        if (!suggestions.isInAnotherSection(key)) {
            Optional<OtherToolKeys.OtherToolKey> other = OtherToolKeys.read().find(key);
            if (other.isPresent()) {
                return "unknown key " + key + " ("
                        + String.join(", ", other.get().of()) + "): "
                        + other.get().remedy();
            }
        }
        Optional<String> nearest = suggestions.nearest(key);
        if (nearest.isPresent()) {
            return "unknown key " + key + ": did you mean " + nearest.get() + "?";
        }
        String section = key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
        if (sections.contains(section)) {
            return "unknown key " + key + ": " + section + " has " + String.join(", ", keysOf(section));
        }
        return "unknown key " + key + ": the sections are " + String.join(", ", sections);
    }

    private String firstKeyOf(String section) {
        return section + "." + keysOf(section).get(0);
    }

    private List<String> keysOf(String section) {
        String prefix = section + ".";
        return known.stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .toList();
    }
}
