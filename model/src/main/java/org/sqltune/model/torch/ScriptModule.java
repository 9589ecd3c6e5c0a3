package org.sqltune.model.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.TorchScriptBridge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions written in TorchScript, called by name. Arguments may be {@link Tensor}, lists of tensors, maps of tensors by name, {@link TensorMap}, {@code Integer}, {@code Long}, {@code Double}, {@code Boolean}, {@code String}, {@link ElementType}, {@code
 * long[]} and {@code double[]}. Safe to call from several threads at once.
 *
 * <p>Only {@link Torch} and the typed classes in {@code model.torch.script} call it; everybody else calls those.
 */
public final class ScriptModule implements AutoCloseable {
    private final PtSymbolBlock block;

    private ScriptModule(PtSymbolBlock block) {
        this.block = block;
    }

    /** Compiles a source; {@code owner} frees it at the latest. */
    static ScriptModule load(TensorScope owner, ScriptSource source, Map<String, Object> attributes) {
        InputStream archive = new ByteArrayInputStream(TorchScriptArchive.pack(source.asClass(attributes), attributes));
        try {
            return new ScriptModule(JniUtils.loadModule(owner.manager(), archive, false, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls a method that returns one tensor, which {@code scope} then owns. No gradient is recorded. */
    public Tensor tensor(TensorScope scope, String method, Object... arguments) {
        try (IValue result = call(false, method, arguments)) {
            return new Tensor(result.toTensor(scope.manager()));
        }
    }

    /** Calls a method that returns a list of tensors, which {@code scope} then owns. No gradient is recorded. */
    public List<Tensor> tensors(TensorScope scope, String method, Object... arguments) {
        try (IValue result = call(false, method, arguments)) {
            return unpack(scope, result);
        }
    }

    /** As {@link #tensors}, recording what {@code gradients} methods need. */
    public List<Tensor> tensorsWithGraph(TensorScope scope, String method, Object... arguments) {
        try (IValue result = call(true, method, arguments)) {
            return unpack(scope, result);
        }
    }

    /** Calls a method that returns tensors by name, which {@code scope} then owns. No gradient is recorded. */
    public Map<String, Tensor> tensorMap(TensorScope scope, String method, Object... arguments) {
        try (IValue result = call(false, method, arguments)) {
            Map<String, Tensor> tensors = new HashMap<>();
            result.toIValueMap().forEach((name, value) -> {
                try (value) {
                    tensors.put(name, new Tensor(value.toTensor(scope.manager())));
                }
            });
            return tensors;
        }
    }

    /** Calls a method that returns an integer. */
    public long integer(String method, Object... arguments) {
        try (IValue result = call(false, method, arguments)) {
            return result.toLong();
        }
    }

    /** Calls a method for what it does to its arguments. */
    public void run(String method, Object... arguments) {
        call(false, method, arguments).close();
    }

    private static List<Tensor> unpack(TensorScope scope, IValue result) {
        return Arrays.stream(result.toTensorArray(scope.manager()))
                .map(Tensor::new)
                .toList();
    }

    private IValue call(boolean recordGraph, String method, Object... arguments) {
        List<IValue> owned = new ArrayList<>(arguments.length);
        try {
            IValue[] values = new IValue[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = toValue(arguments[i], owned);
            }
            // Both are settings of the calling thread, and any thread may call.
            JniUtils.setGraphExecutorOptimize(false);
            JniUtils.setGradMode(recordGraph);
            return TorchScriptBridge.run(block, method, values);
        } finally {
            owned.forEach(IValue::close);
        }
    }

    private static IValue toValue(Object argument, List<IValue> owned) {
        if (argument instanceof TensorMap map) {
            return map.value();
        }
        IValue value;
        if (argument instanceof Tensor tensor) {
            value = IValue.from(tensor.array());
        } else if (argument instanceof Integer || argument instanceof Long) {
            value = IValue.from(((Number) argument).longValue());
        } else if (argument instanceof ElementType type) {
            value = IValue.from(type.torchCode());
        } else if (argument instanceof Double number) {
            value = IValue.from(number);
        } else if (argument instanceof Boolean flag) {
            value = IValue.from(flag);
        } else if (argument instanceof String text) {
            value = IValue.from(text);
        } else if (argument instanceof long[] numbers) {
            value = IValue.listFrom(numbers);
        } else if (argument instanceof double[] numbers) {
            value = IValue.listFrom(numbers);
        } else if (argument instanceof Map<?, ?> map) {
            value = TensorMap.pack(map);
        } else if (argument instanceof List<?> list) {
            value = IValue.listFrom(
                    list.stream().map(each -> ((Tensor) each).array()).toArray(PtNDArray[]::new));
        } else {
            throw new IllegalArgumentException("no TorchScript value for " + argument.getClass());
        }
        owned.add(value);
        return value;
    }

    @Override
    public void close() {
        block.close();
    }
}
