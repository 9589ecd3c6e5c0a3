package org.sqltune.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.core.text.NearestNames;

/** Says which key an unknown one was probably meant to be. */
final class KeySuggestions {
    /** Short names, as one would type them; names of other tools are in {@link OtherToolKeys}. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("base_model", "model.name"),
            Map.entry("rank", "lora.r"),
            Map.entry("alpha", "lora.lora_alpha"),
            Map.entry("dropout", "lora.lora_dropout"),
            Map.entry("modules", "lora.target_modules"),
            Map.entry("lr", "training.learning_rate"),
            Map.entry("batch_size", "training.per_device_train_batch_size"),
            Map.entry("epochs", "training.num_train_epochs"),
            Map.entry("num_epochs", "training.num_train_epochs"),
            Map.entry("scheduler", "training.lr_scheduler_type"),
            Map.entry("timeout", "evaluation.timeout_seconds"),
            Map.entry("max_tokens", "inference.max_new_tokens"));

    private final List<String> known;

    /** @param known every key there is */
    KeySuggestions(Collection<String> known) {
        this.known = List.copyOf(known);
    }

    /** Whether a key of another section has this name. */
    boolean isInAnotherSection(String unknown) {
        String leaf = leaf(unknown);
        return known.stream().anyMatch(key -> leaf(key).equals(leaf));
    }

    /** The known key nearest to {@code unknown}; empty if none is near. */
    Optional<String> nearest(String unknown) {
        String leaf = leaf(unknown);
        Optional<String> sameLeaf =
                known.stream().filter(key -> leaf(key).equals(leaf)).findFirst();
        if (sameLeaf.isPresent()) {
            return sameLeaf;
        }
        if (OTHER_NAMES.containsKey(leaf)) {
            return Optional.of(OTHER_NAMES.get(leaf));
        }
        // The section breaks ties: a key of the section that was named comes before an equally near one elsewhere.
        return known.stream()
                .filter(key -> NearestNames.isNear(leaf, leaf(key)))
                .min(Comparator.<String>comparingInt(key -> NearestNames.distance(leaf, leaf(key)))
                        .thenComparingInt(key -> NearestNames.distance(unknown, key)));
    }

    private static String leaf(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
