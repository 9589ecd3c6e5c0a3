package org.sqltune.model.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/**
 * Tensors that go together as one argument, packed once and passed many times. It doesn't own the tensors, only the
 * package.
 */
public final class TensorList implements AutoCloseable {
    private final List<Tensor> tensors;
    private final IValue value;

    /** Packs the tensors. */
    public TensorList(List<Tensor> tensors) {
        this.tensors = List.copyOf(tensors);
        this.value = IValue.listFrom(tensors.stream().map(Tensor::array).toArray(PtNDArray[]::new));
    }

    /** The tensors, in order. */
    public List<Tensor> tensors() {
        return tensors;
    }

    IValue value() {
        return value;
    }

    @Override
    public void close() {
        value.close();
    }
}
