package org.sqltune.model.lora;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.folder.CompanionFiles;
import org.sqltune.model.safetensors.FiniteTensors;
import org.sqltune.model.safetensors.PendingTensor;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.ShardedModelWriter;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.Torch;

/**
 * Writes a base with an adapter's updates in its weights: a model of its own, in Hugging Face's layout, which needs no
 * adapter any more and loads in transformers.
 *
 * <p>Every weight goes from the base's files straight to the new ones, in the type it is stored in; those that the adapter
 * changes are computed in fp32 on the way and rounded once. So one weight at a time is in memory, and a base that was
 * quantised while the adapter was trained keeps all its bits here.
 */
public final class MergedModelWriter {
    private final Torch torch;
    private final ShardedModelWriter writer;

    /**
     * @param torch where the adapter's matrices live
     * @param shardBytes a file's tensors take at most so many bytes; {@link ShardedModelWriter#DEFAULT_SHARD_BYTES} is usual
     */
    public MergedModelWriter(Torch torch, long shardBytes) {
        this.torch = torch;
        this.writer = new ShardedModelWriter(torch, shardBytes);
    }

    /**
     * Writes the folder, replacing one of that name only once the new one is whole.
     *
     * @param base the base's folder: config.json, safetensors, tokenizer
     * @param adapter an adapter of that base; it stays as it is
     * @param progress counts tensors
     * @throws SqlTuneException if the folder is the base's own, the base lacks a weight that the adapter changes, or
     *     something can't be read or written
     */
    public void write(Path target, Path base, LoraAdapter adapter, ProgressListener progress) {
        write(target, base, adapter, null, progress);
    }

    /**
     * As {@link #write(Path, Path, LoraAdapter, ProgressListener)}, with the contract of the adapter's prompts, {@code
     * sqltune.json}; the base's own is kept where the adapter has none.
     *
     * @param adapterFolder where the adapter's files lie; null if nowhere
     */
    public void write(
            Path target, Path base, LoraAdapter adapter, @Nullable Path adapterFolder, ProgressListener progress) {
        if (target.toAbsolutePath().normalize().equals(base.toAbsolutePath().normalize())) {
            throw new SqlTuneException("A merged model can't be written over its own base " + base
                    + ", which it is made from. Choose another folder");
        }
        try (SafetensorsReader weights = SafetensorsReader.ofModelFolder(torch, base)) {
            List<PendingTensor> tensors = tensors(weights, base, adapter, target, progress);
            AtomicFiles.writeFolder(target, folder -> {
                writer.writeInto(folder, tensors);
                copySmallFiles(base, folder);
                CompanionFiles.copyContract(
                        adapterFolder == null ? List.of(base) : List.of(adapterFolder, base), folder);
            });
        }
    }

    private static void copySmallFiles(Path base, Path folder) throws IOException {
        CompanionFiles.copyConfig(base, folder);
        CompanionFiles.copyTokenizer(base, folder);
    }

    private List<PendingTensor> tensors(
            SafetensorsReader weights, Path base, LoraAdapter adapter, Path target, ProgressListener progress) {
        Map<String, LoraLinear> changed = new HashMap<>();
        for (LoraLinear linear : adapter.linears()) {
            String name = linear.projection().weight().name();
            if (weights.info(name) == null) {
                throw new SqlTuneException(base + " has no tensor " + name
                        + ", which the adapter changes. Give the base that the adapter was trained on");
            }
            changed.put(name, linear);
        }
        AtomicInteger done = new AtomicInteger();
        List<TensorInfo> kept = weights.names().stream()
                .map(name -> Objects.requireNonNull(weights.info(name)))
                // Masks and counters of old checkpoints: no weights, and nothing loads them.
                .filter(info -> info.storedType().elementType().isPresent())
                .toList();
        return kept.stream()
                .map(info -> {
                    String name = info.name();
                    return new PendingTensor(name, info.type(), info.shape(), scope -> {
                        progress.advanced(done.incrementAndGet(), kept.size(), "");
                        Tensor stored = weights.readApart(scope, name, info.shape());
                        LoraLinear linear = changed.get(name);
                        if (linear == null) {
                            return stored;
                        }
                        Tensor merged = linear.merged(torch, scope, stored);
                        FiniteTensors.require(torch, merged, target, name);
                        return merged;
                    });
                })
                .toList();
    }
}
