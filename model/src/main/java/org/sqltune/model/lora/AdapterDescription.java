package org.sqltune.model.lora;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.safetensors.TensorInfo;

/**
 * What an adapter's files say of it. Its base needn't be there.
 *
 * @param config its shape
 * @param base what it was made for; null if it doesn't say
 * @param linearLayers linear layers that it changes
 * @param parameters numbers it holds
 * @param bytes bytes they take on disk
 * @param types their element types, as safetensors names them
 */
public record AdapterDescription(
        LoraConfig config,
        @Nullable AdapterBase base,
        int linearLayers,
        long parameters,
        long bytes,
        List<String> types) {
    public AdapterDescription {
        types = List.copyOf(types);
    }

    /**
     * Reads an adapter's folder.
     *
     * @throws SqlTuneException if files are missing or damaged, or the adapter does something not supported
     */
    public static AdapterDescription read(Path folder) {
        LoraConfig config = PeftConfig.read(folder);
        Path file = PeftAdapterFiles.weights(folder);
        List<TensorInfo> tensors = TensorInfo.ofFile(file);
        AdapterTensors names =
                AdapterTensors.of(file, tensors.stream().map(TensorInfo::name).toList());
        return new AdapterDescription(
                config,
                PeftConfig.base(folder).orElse(null),
                (int) names.names().stream()
                        .filter(name -> name.endsWith(".lora_A.weight"))
                        .count(),
                tensors.stream().mapToLong(AdapterDescription::count).sum(),
                tensors.stream().mapToLong(each -> each.end() - each.start()).sum(),
                tensors.stream()
                        .map(each -> each.storedType().toString())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static long count(TensorInfo tensor) {
        return Arrays.stream(tensor.shape()).reduce(1, Math::multiplyExact);
    }

    /** {@code LoRA}, {@code rsLoRA}, {@code DoRA} or {@code DoRA, rank-stabilised}. */
    public String kind() {
        if (config.weightDecomposed()) {
            return config.rankStabilized() ? "DoRA, rank-stabilised" : "DoRA";
        }
        return config.rankStabilized() ? "rsLoRA" : "LoRA";
    }

    /** Which linear layers it changes, and in which layers where not in all. */
    public String where() {
        String layers = config.layers().isEmpty()
                ? ""
                : " in layers " + config.layers().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return (config.targetPattern().isEmpty() ? String.join(", ", config.targets()) : config.targetPattern())
                + layers;
    }
}
