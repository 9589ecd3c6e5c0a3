package org.sqltune.core.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.MixPart;

/** The list {@code data.mix}, whose items are sections with numbers for names. */
final class MixSection {
    private static final String KEY = "data.mix";

    private final ConfigReader reader;

    MixSection(ConfigReader reader) {
        this.reader = reader;
    }

    /** The parts in the order of their numbers; empty if there are none. */
    List<MixPart> read() {
        Set<Integer> indices = new TreeSet<>();
        Set<String> names = reader.namesBelow(KEY);
        if (names.isEmpty()) {
            readNone();
        }
        for (String name : names) {
            if (name.matches("\\d{1,4}")) {
                indices.add(Integer.valueOf(name));
            }
        }
        List<MixPart> parts = new ArrayList<>();
        for (int index : indices) {
            parts.add(part("mix." + index, reader.section("data")));
        }
        return parts;
    }

    private void readNone() {
        ConfigEntry itself = reader.take(KEY);
        boolean empty = itself == null
                || itself.value() instanceof ConfigEntry.Value.Absent
                || (itself.value() instanceof ConfigEntry.Value.Items items
                        && items.texts().isEmpty());
        if (itself != null && !empty) {
            reader.fault(itself, "give a list of data sets, each with dataset and path, or file, and weight");
        }
    }

    private MixPart part(String key, ConfigSection in) {
        Path file = in.optionalPath(key + ".file", null);
        Dataset dataset = in.choice(key + ".dataset", file == null ? Dataset.DEMO : Dataset.FILES);
        Path path = in.optionalPath(key + ".path", null);
        double weight = in.number(key + ".weight", 1, Range.above(0));
        boolean named = in.gives(key + ".dataset") && dataset != Dataset.FILES;
        if (named == (file != null) || dataset == Dataset.MIX) {
            reader.fault("data." + key, "needs either a dataset, such as spider with its path, or a file");
        }
        return new MixPart(dataset, path, file, weight);
    }
}
