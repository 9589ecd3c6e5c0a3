package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;
import java.util.Arrays;

/**
 * Runs a TorchScript method with gradients recorded. DJL's public {@link IValueUtils#runMethod} always disables
 * autograd, and the native call below it is package-private: this class is in DJL's package for that one call and holds
 * nothing else.
 */
public final class TorchScriptBridge {
    private TorchScriptBridge() {}

    /**
     * Runs {@code method} in the calling thread's gradient mode.
     *
     * @param block the loaded module
     * @param method the method's name
     * @param arguments the method's arguments, which the caller closes
     * @return the method's result, which the caller closes
     */
    public static IValue run(PtSymbolBlock block, String method, IValue... arguments) {
        long[] handles = Arrays.stream(arguments).mapToLong(IValue::getHandle).toArray();
        return new IValue(PyTorchLibrary.LIB.moduleRunMethod(block.getHandle(), method, handles, true, false));
    }
}
