package org.sqltune.workflow.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.model.lora.AdapterBase;
import org.sqltune.model.lora.AdapterDescription;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.workflow.NamedPaths;

/** Describes an adapter from its files; the base model needn't be available. */
public final class DescribeAdapter {
    /**
     * Describes an adapter.
     *
     * @param folder the folder of PEFT's files
     * @throws org.sqltune.core.config.ConfigException if there is no such folder
     * @return properties by name: kind, rank, base, size
     * @throws org.sqltune.core.SqlTuneException if it has no adapter
     */
    public Map<String, String> run(Path folder) {
        new NamedPaths().folder("FOLDER", folder).check();
        return facts(AdapterDescription.read(folder));
    }

    private static Map<String, String> facts(AdapterDescription adapter) {
        LoraConfig config = adapter.config();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", adapter.kind());
        facts.put("base model", base(adapter));
        facts.put("rank", String.valueOf(config.rank()));
        addUnless(
                config.ranks().byPattern().isEmpty(),
                facts,
                "other ranks",
                config.ranks().byPattern());
        facts.put("alpha", number(config.alpha()));
        addUnless(
                config.alphas().byPattern().isEmpty(),
                facts,
                "other alphas",
                config.alphas().byPattern());
        facts.put("dropout", number(config.dropout()));
        facts.put("linear layers", adapter.linearLayers() + ": " + adapter.where());
        facts.put(
                "parameters",
                String.format(
                        Locale.ROOT,
                        "%,d (%s, %s)",
                        adapter.parameters(),
                        String.join(", ", adapter.types()),
                        ByteSizes.inWords(adapter.bytes())));
        return facts;
    }

    private static void addUnless(boolean nothing, Map<String, String> facts, String name, Object value) {
        if (!nothing) {
            facts.put(name, value.toString());
        }
    }

    private static String base(AdapterDescription adapter) {
        AdapterBase base = adapter.base();
        if (base == null) {
            return "not named";
        }
        return base.revision() == null ? base.name() : base.name() + ", revision " + base.revision();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
