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
        this.value = packLists(lists);
    }

    /** A list of tensors, or one of lists of tensors, as an argument of its own. */
    static IValue pack(List<?> list) {
        return list.isEmpty() || list.get(0) instanceof Tensor ? packTensors(list) : packLists(list);
    }

    private static IValue packTensors(List<?> tensors) {
        return IValue.listFrom(
                tensors.stream().map(each -> ((Tensor) each).array()).toArray(PtNDArray[]::new));
    }

    private static IValue packLists(List<?> lists) {
        IValue[] inner = lists.stream().map(each -> packTensors((List<?>) each)).toArray(IValue[]::new);
        try {
            return IValue.listFrom(inner);
        } finally {
            Arrays.stream(inner).forEach(IValue::close);
        }
    }

    IValue value() {
        return value;
    }

    @Override
    public void close() {
        value.close();
    }
}
