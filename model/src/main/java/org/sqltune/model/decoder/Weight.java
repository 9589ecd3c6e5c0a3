package org.sqltune.model.decoder;

import org.sqltune.model.torch.Tensor;

/** One named weight of the decoder. Its tensor may be replaced, by a trainable copy or a merged one. */
public final class Weight {
    private final String name;
    private Tensor value;
    private final Runnable onChange;

    Weight(String name, Tensor value, Runnable onChange) {
        this.name = name;
        this.value = value;
        this.onChange = onChange;
    }

    /** Its name in Hugging Face's layout. */
    public String name() {
        return name;
    }

    /** Its elements. */
    public Tensor value() {
        return value;
    }

    /** Puts another tensor of the same shape and type in its place. The old one is not closed. */
    public void replace(Tensor replacement) {
        value = replacement;
        onChange.run();
    }
}
