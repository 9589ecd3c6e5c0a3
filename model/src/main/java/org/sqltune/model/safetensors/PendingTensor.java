package org.sqltune.model.safetensors;

import java.util.function.Function;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * A tensor that is going to be written. Its place in the file is known at once; its elements are asked for when their turn
 * comes and let go of behind them, so that a model larger than memory can be written.
 *
 * @param name its name in the file
 * @param type its element type
 * @param shape sizes of its axes, outermost first
 * @param elements gives the tensor, of that type and shape, into a scope that is closed once it is written
 */
public record PendingTensor(String name, ElementType type, long[] shape, Function<TensorScope, Tensor> elements) {
    /** A tensor that is there already. */
    public static PendingTensor of(Torch torch, String name, Tensor tensor) {
        return new PendingTensor(name, torch.type(tensor), tensor.shape(), scope -> tensor);
    }

    /** Number of bytes it takes in the file. */
    public long bytes() {
        long bytes = type.bytes();
        for (long axis : shape) {
            bytes = Math.multiplyExact(bytes, axis);
        }
        return bytes;
    }

    /** Number of elements. */
    public long count() {
        return bytes() / type.bytes();
    }
}
