package org.sqltune.model.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.List;

/**
 * Lists of tensors that go together as one argument, packed once and passed many times. It doesn't own the tensors, only
 * the package.
 */
public final class TensorLists implements AutoCloseable {
    private final IValue value;

    /** @param lists at least one; each may be empty */
    public TensorLists(List<List<Tensor>> lists) {
        IValue[] inner = lists.stream().map(TensorLists::pack).toArray(IValue[]::new);
        try {
            this.value = IValue.listFrom(inner);
        } finally {
            Arrays.stream(inner).forEach(IValue::close);
        }
    }

    private static IValue pack(List<Tensor> tensors) {
        return IValue.listFrom(tensors.stream().map(Tensor::array).toArray(PtNDArray[]::new));
    }

    IValue value() {
        return value;
    }

    @Override
    public void close() {
        value.close();
    }
}
