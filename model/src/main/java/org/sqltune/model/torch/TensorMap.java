package org.sqltune.model.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named tensors, or groups of them, as one argument of a script: packed once and passed many times. It doesn't own the
 * tensors, only the package.
 */
public final class TensorMap implements AutoCloseable {
    private final IValue value;

    private TensorMap(IValue value) {
        this.value = value;
    }

    /** Packs tensors by name: {@code Dict[str, Tensor]}. */
    public static TensorMap of(Map<String, Tensor> tensors) {
        return new TensorMap(pack(tensors));
    }

    /** Packs groups of tensors by name: {@code Dict[str, Dict[str, Tensor]]}. */
    public static TensorMap ofGroups(Map<String, Map<String, Tensor>> groups) {
        Map<String, IValue> inner = new LinkedHashMap<>();
        try {
            groups.forEach((name, tensors) -> inner.put(name, pack(tensors)));
            return new TensorMap(IValue.stringIValueMapFrom(inner));
        } finally {
            inner.values().forEach(IValue::close);
        }
    }

    /** Tensors by name. */
    static IValue pack(Map<?, ?> tensors) {
        Map<String, PtNDArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put((String) name, ((Tensor) tensor).array()));
        return IValue.stringMapFrom(arrays);
    }

    IValue value() {
        return value;
    }

    @Override
    public void close() {
        value.close();
    }
}
