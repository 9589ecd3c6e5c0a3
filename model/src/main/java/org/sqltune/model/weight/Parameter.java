package org.sqltune.model.weight;

import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Something that is trained: fp32 values that the optimizer changes, and the same in the decoder's element type for the
 * forward and backward pass. In fp32 both are one tensor.
 */
public final class Parameter {
    private final String name;
    private final Tensor master;
    private final Tensor compute;
    private Runnable onRefresh = () -> {};

    private Parameter(String name, Tensor master, Tensor compute) {
        this.name = name;
        this.master = master;
        this.compute = compute;
    }

    /**
     * A parameter with a memory of its own, starting from {@code initial}.
     *
     * @param name unique name, as it is saved under
     * @param initial fp32 or the decoder's type; only read
     * @param type the decoder's element type
     */
    public static Parameter of(Torch torch, TensorScope owner, String name, Tensor initial, ElementType type) {
        try (TensorScope temporary = torch.scope()) {
            Tensor master = torch.copy(owner, torch.cast(temporary, initial, ElementType.FLOAT32));
            Tensor compute =
                    type == ElementType.FLOAT32 ? master : torch.copy(owner, torch.cast(temporary, master, type));
            return new Parameter(name, master, torch.requireGradient(owner, compute));
        }
    }

    /** Its name in a saved file. */
    public String name() {
        return name;
    }

    /** What the optimizer changes, in fp32. */
    public Tensor master() {
        return master;
    }

    /** What the decoder computes with and takes gradients for. */
    public Tensor compute() {
        return compute;
    }

    /** What must happen whenever its values changed. */
    public void onRefresh(Runnable action) {
        onRefresh = action;
    }

    /** Makes the decoder see the optimizer's changes. */
    public void refresh(Torch torch) {
        if (compute != master) {
            torch.assign(compute, master);
        }
        onRefresh.run();
    }
}
