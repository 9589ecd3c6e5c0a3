package org.sqltune.model.weight;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.quantization.PackedRows;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.torch.Tensor;

/**
 * One named weight of the decoder. It is a tensor, which may be replaced by a trainable copy or a merged one, or it is
 * held in fewer bits or another layout, and a tensor only while it is used.
 */
public final class Weight {
    private final String name;
    private final Runnable onChange;
    private final @Nullable QuantizedWeight quantized;
    private @Nullable Tensor value;

    public Weight(String name, Tensor value, Runnable onChange) {
        this.name = name;
        this.value = value;
        this.quantized = null;
        this.onChange = onChange;
    }

    public Weight(String name, QuantizedWeight quantized) {
        this.name = name;
        this.value = null;
        this.quantized = quantized;
        this.onChange = () -> {};
    }

    /** Its name in Hugging Face's layout. */
    public String name() {
        return name;
    }

    /** Number of elements. */
    public long count() {
        return quantized == null ? value().count() : quantized.count();
    }

    /** What is held in fewer bits in its place. */
    public Optional<QuantizedWeight> quantized() {
        return Optional.ofNullable(quantized);
    }

    /** Its tensors for products that are computed without dequantising it; see {@link QuantizedWeight#forProducts}. */
    Map<String, Tensor> forProducts() {
        return quantized == null ? Map.of() : quantized.forProducts();
    }

    /** Whether its products are computed together with others': by the matrix that it is a part of. */
    boolean isPartOfAnother() {
        return quantized instanceof PackedRows;
    }

    /** Whether every product needs it dequantised first. */
    public boolean dequantizedForProducts() {
        return quantized != null && quantized.dequantizedForProducts();
    }

    /**
     * Its elements.
     *
     * @throws SqlTuneException if they are quantised
     */
    public Tensor value() {
        if (value == null) {
            throw new SqlTuneException(
                    name + " is quantised: it can be computed with, but not trained, merged or saved."
                            + " Set model.quantization: none, and inference.weights: bf16");
        }
        return value;
    }

    /** Puts another tensor of the same shape and type in its place. The old one is not closed. */
    public void replace(Tensor replacement) {
        value();
        value = replacement;
        onChange.run();
    }
}
