package org.sqltune.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.util.List;

/** Owns tensors: whatever is made in a scope is freed when the scope closes, except what was {@link #keep kept} elsewhere. */
public final class TensorScope implements AutoCloseable {
    private final PtNDManager manager;

    TensorScope(PtNDManager manager) {
        this.manager = manager;
    }

    /** A scope inside this one; closed by its maker, or with this one at the latest. */
    public TensorScope child() {
        return new TensorScope((PtNDManager) manager.newSubManager());
    }

    /** A tensor of 64-bit integers in row-major order. */
    public Tensor longs(long[] values, long... shape) {
        return owning(manager.create(values, new Shape(shape)));
    }

    /** A tensor of 32-bit floats in row-major order. */
    public Tensor floats(float[] values, long... shape) {
        return owning(manager.create(values, new Shape(shape)));
    }

    /** A tensor of bytes. */
    public Tensor bytes(ByteBuffer values) {
        return owning(manager.create(values, new Shape(values.remaining()), DataType.UINT8));
    }

    /**
     * A copy in native memory. DJL lends the native side a Java buffer, which is freed with the array object, even while
     * another tensor views the same memory.
     */
    private static Tensor owning(NDArray lent) {
        try (lent) {
            return new Tensor((PtNDArray) lent.duplicate());
        }
    }

    /** Makes this scope the owner of a tensor from another scope. */
    public Tensor keep(Tensor tensor) {
        tensor.array().attach(manager);
        return tensor;
    }

    /** Makes this scope the owner of tensors from another scope. */
    public List<Tensor> keep(List<Tensor> tensors) {
        tensors.forEach(this::keep);
        return tensors;
    }

    /** Number of tensors alive in this scope and the scopes inside it: for leak tests. */
    public int aliveCount() {
        return manager.getManagedArrays().size();
    }

    PtNDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
