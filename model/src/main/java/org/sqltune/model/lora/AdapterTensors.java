package org.sqltune.model.lora;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;

/**
 * What the tensors of an adapter's file are called. Files that weren't written by PEFT's {@code save_pretrained} but from a
 * model's state dictionary hold the adapter's name in them: {@code q_proj.lora_A.default.weight}.
 *
 * @param stored names in the file, by PEFT's names
 */
record AdapterTensors(Map<String, String> stored) {
    private static final Pattern NAMED =
            Pattern.compile("\\.(lora_A|lora_B|lora_magnitude_vector)\\.default(?=\\.weight$|$)");

    private static final Pattern MAGNITUDE = Pattern.compile("\\.lora_magnitude_vector\\.weight$");

    AdapterTensors {
        stored = Map.copyOf(stored);
    }

    /** @throws SqlTuneException if there is none, or two that are called alike */
    static AdapterTensors of(Path file, Collection<String> names) {
        if (names.isEmpty()) {
            throw new SqlTuneException(
                    file + " holds no tensors: the adapter was saved without its weights. Save or train it again");
        }
        Map<String, String> stored = new LinkedHashMap<>();
        for (String name : names) {
            String usual =
                    MAGNITUDE.matcher(NAMED.matcher(name).replaceFirst(".$1")).replaceFirst(".lora_magnitude_vector");
            String other = stored.putIfAbsent(usual, name);
            if (other != null) {
                throw new SqlTuneException(file + " holds both " + PrintableText.clipped(other) + " and "
                        + PrintableText.clipped(name) + ": save the adapter again with one of them");
            }
        }
        return new AdapterTensors(stored);
    }

    /** PEFT's names of all tensors. */
    Set<String> names() {
        return stored.keySet();
    }

    /** The name in the file; PEFT's own where there is no such tensor. */
    String inFile(String name) {
        return stored.getOrDefault(name, name);
    }
}
