package org.sqltune.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigEntry.Value;
import org.sqltune.core.config.ImportRules.Rule;
import org.sqltune.core.config.ImportedConfig.LeftOut;
import org.sqltune.core.config.ImportedConfig.Mapped;
import org.sqltune.core.config.OtherToolKeys.OtherToolKey;

/**
 * Reads configurations of other text-to-SQL projects as SqlTune's: those with sections {@code model}, {@code benchmark}, {@code
 * evaluation}, {@code finetuning} and {@code ollama}, and those with {@code model}, {@code lora}, {@code training} and {@code
 * inference}. A key that has SqlTune's own name is taken as it is. Every key is either taken or listed with the reason why not.
 */
public final class ConfigImport {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    /** Sections of the first form that the second one and SqlTune don't have. */
    private static final Set<String> OTHER_SECTIONS = Set.of("benchmark", "finetuning", "ollama");

    /** What can be added on the command line is no fault of a file. */
    private static final String NEEDS_PATH = ": needs data.path";

    private static final String UNKNOWN = "neither SqlTune nor the forms that are imported have such a key";

    private final Map<String, Rule> rules = ImportRules.read();
    private final OtherToolKeys others = OtherToolKeys.read();
    private final ObjectNode own = RunConfigWriter.toTree(RunConfig.defaults());
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, Target> weaker = new LinkedHashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private ConfigImport() {}

    /** What a key of ours is to be, and which key said so. */
    private record Target(ConfigEntry from, Value value) {}

    /**
     * Reads a file.
     *
     * @throws ConfigException if it can't be read, or as {@link #of(String, String)} says
     */
    public static ImportedConfig of(Path file) {
        return of(file.toString(), RunConfigLoader.read(file, "its name"));
    }

    /**
     * Reads a text.
     *
     * @param source what to call it in messages
     * @throws ConfigException with every fault: if it is no YAML, has neither form, two of its keys contradict each other, or
     *     a value isn't possible
     */
    public static ImportedConfig of(String source, String yaml) {
        ConfigYaml parsed = ConfigYaml.parse(yaml);
        if (!parsed.faults().isEmpty()) {
            throw new ConfigException(source, parsed.faults());
        }
        ConfigImport reading = new ConfigImport();
        reading.requireForm(source, parsed.entries());
        parsed.entries().forEach(reading::take);
        reading.weaker.forEach((key, target) -> reading.targets.putIfAbsent(key, target));
        reading.check();
        if (!reading.faults.isEmpty()) {
            throw new ConfigException(source, reading.faults);
        }
        return reading.result();
    }

    private void requireForm(String source, List<ConfigEntry> entries) {
        Set<String> sections = new LinkedHashSet<>();
        for (ConfigEntry each : entries) {
            int dot = each.key().indexOf('.');
            sections.add(dot < 0 ? each.key() : each.key().substring(0, dot));
        }
        if (sections.stream().noneMatch(each -> own.has(each) || OTHER_SECTIONS.contains(each))) {
            throw new ConfigException(
                    source,
                    List.of("is no configuration that is known here: it has "
                            + (sections.isEmpty() ? "no keys" : String.join(", ", sections))
                            + "; there have to be sections such as model, lora, training and inference, or model,"
                            + " benchmark, evaluation, finetuning and ollama"));
        }
    }

    private void take(ConfigEntry entry) {
        if (entry.value() instanceof Value.Absent) {
            leftOut.add(new LeftOut(entry.key(), "has no value"));
            return;
        }
        Rule rule = rules.get(entry.key());
        if (rule != null) {
            apply(rule, entry);
            return;
        }
        String key = entry.key().replaceFirst("^finetuning\\.", "training.");
        if (isOwn(key)) {
            put(key, entry, entry.value());
            return;
        }
        OtherToolKey other = others.find(entry.key()).orElse(null);
        if (other != null && other.use() != null && other.note() == null) {
            put(other.use(), entry, entry.value());
        } else {
            leftOut.add(new LeftOut(entry.key(), other == null ? UNKNOWN : other.remedy()));
        }
    }

    /** Whether SqlTune has such a key, or such a key whose names below it are the user's own. */
    private boolean isOwn(String key) {
        JsonNode node = own;
        for (String part : key.split("\\.", -1)) {
            if (node.isObject() && node.isEmpty()) {
                return true;
            }
            node = node.path(part);
        }
        return !node.isMissingNode();
    }

    private void apply(Rule rule, ConfigEntry entry) {
        String word = entry.value() instanceof Value.Scalar scalar
                ? scalar.text().strip().toLowerCase(Locale.ROOT)
                : "";
        List<String> meant = rule.values().get(word);
        if (meant != null) {
            meant.forEach(each -> put(each, entry));
            if (meant.isEmpty()) {
                leftOut.add(new LeftOut(entry.key(), String.valueOf(rule.why())));
            }
        } else if (rule.use() != null) {
            put(rule.use(), entry, rule.items().isEmpty() ? entry.value() : items(rule, entry));
        } else if (rule.why() != null) {
            leftOut.add(new LeftOut(entry.key(), rule.why()));
        } else {
            faults.add(entry.fault("write " + String.join(" or ", rule.values().keySet())));
        }
        rule.also().forEach(each -> {
            int equals = each.indexOf('=');
            weaker.put(each.substring(0, equals), new Target(entry, new Value.Scalar(each.substring(equals + 1))));
        });
        String parent = parent(rule, entry);
        if (parent != null) {
            weaker.put(String.valueOf(rule.parent()), new Target(entry, new Value.Scalar(parent)));
        }
    }

    private static @Nullable String parent(Rule rule, ConfigEntry entry) {
        if (rule.parent() == null || !(entry.value() instanceof Value.Scalar scalar)) {
            return null;
        }
        int slash = scalar.text().replaceAll("/+$", "").lastIndexOf('/');
        return slash <= 0 ? null : scalar.text().substring(0, slash);
    }

    private Value items(Rule rule, ConfigEntry entry) {
        List<String> given = entry.value() instanceof Value.Items items
                ? items.texts()
                : List.of(((Value.Scalar) entry.value()).text());
        List<String> meant = new ArrayList<>();
        for (String each : given) {
            String word = rule.items().getOrDefault(each.strip().toLowerCase(Locale.ROOT), each);
            if (word.isEmpty()) {
                leftOut.add(new LeftOut(entry.key() + ": " + each, String.valueOf(rule.why())));
            } else if (!meant.contains(word)) {
                meant.add(word);
            }
        }
        return new Value.Items(meant);
    }

    private void put(String assignment, ConfigEntry entry) {
        int equals = assignment.indexOf('=');
        put(assignment.substring(0, equals), entry, new Value.Scalar(assignment.substring(equals + 1)));
    }

    private void put(String key, ConfigEntry entry, Value value) {
        Target earlier = targets.putIfAbsent(key, new Target(entry, value));
        if (earlier != null && !same(earlier.value(), value)) {
            faults.add(entry.fault("it contradicts " + earlier.from().key() + ", which is "
                    + earlier.from().shownValue() + " (" + earlier.from().origin() + "): both are " + key
                    + " here, keep one of them"));
        }
    }

    private static boolean same(Value one, Value other) {
        if (one instanceof Value.Scalar first && other instanceof Value.Scalar second) {
            Double number = ConfigWords.number(first.text(), Range.ANY);
            return first.text().strip().equalsIgnoreCase(second.text().strip())
                    || (number != null && number.equals(ConfigWords.number(second.text(), Range.ANY)));
        }
        return one.equals(other);
    }

    /** Values that SqlTune can't take are faults of the keys that they came from. */
    private void check() {
        List<String> overrides = new ArrayList<>();
        targets.forEach((key, target) -> overrides.add(key + "=" + shown(target.value())));
        try {
            new RunConfigLoader(path -> true).load("", "", overrides);
        } catch (ConfigException e) {
            for (String fault : e.faults()) {
                String plain = fault.replaceFirst("^command line: ", "");
                if (plain.contains(NEEDS_PATH)) {
                    leftOut.add(new LeftOut("data.path", "isn't there: add the folder or file of the data set"));
                    continue;
                }
                targets.entrySet().stream()
                        .filter(each -> plain.startsWith(each.getKey() + " "))
                        .findFirst()
                        .ifPresentOrElse(
                                each -> faults.add(each.getValue().from().origin() + ": "
                                        + each.getValue().from().key() + ": " + plain),
                                () -> faults.add(plain));
            }
        }
    }

    private static String shown(Value value) {
        return value instanceof Value.Items items
                ? "[" + String.join(", ", items.texts()) + "]"
                : ((Value.Scalar) value).text();
    }

    private ImportedConfig result() {
        List<Mapped> mapped = new ArrayList<>();
        ObjectNode tree = YAML.createObjectNode();
        // SqlTune's order of sections.
        own.fieldNames()
                .forEachRemaining(section -> targets.forEach((key, target) -> {
                    if (key.startsWith(section + ".")) {
                        set(tree, key, target.value());
                    }
                }));
        targets.forEach((key, target) -> mapped.add(new Mapped(target.from().key(), key, shown(target.value()))));
        try {
            return new ImportedConfig(YAML.writeValueAsString(tree), mapped, leftOut);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts can't fail to be written", e);
        }
    }

    private static void set(ObjectNode tree, String key, Value value) {
        String[] parts = key.split("\\.", -1);
        ObjectNode node = tree;
        for (int i = 0; i < parts.length - 1; i++) {
            node = node.withObjectProperty(parts[i]);
        }
        String last = parts[parts.length - 1];
        if (value instanceof Value.Items items) {
            ArrayNode array = node.putArray(last);
            items.texts().forEach(array::add);
        } else {
            String text = shown(value);
            // Without quotes, as people write it; numbers have none anyway.
            boolean flag = text.equals("true") || text.equals("false");
            node.set(last, flag ? BooleanNode.valueOf(text.equals("true")) : TextNode.valueOf(text));
        }
    }
}
