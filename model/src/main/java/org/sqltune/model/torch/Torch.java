package org.sqltune.model.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;

/**
 * libtorch on one device: scopes for tensors, compiled functions, and the few operations that are safe for every
 * element type. Close it last; it frees what is still alive.
 */
public final class Torch implements AutoCloseable {
    private final TensorScope root;
    private final Map<ScriptSource, ScriptModule> compiled = new ConcurrentHashMap<>();
    private final ScriptModule tensors;

    private Torch(TensorScope root) {
        this.root = root;
        this.tensors = module(ScriptSource.of("tensors"));
    }

    /** libtorch on the processor. */
    public static Torch cpu() {
        return on(Device.cpu());
    }

    /**
     * libtorch on a device, after a small product there.
     *
     * @throws RuntimeException if the device can't compute it
     */
    public static Torch on(DeviceChoice device) {
        Torch torch = on(
                switch (device) {
                    case CUDA -> Device.gpu();
                    case MPS -> Device.of("mps", 0);
                    case CPU, AUTO -> Device.cpu();
                });
        try {
            torch.tryProduct();
            return torch;
        } catch (RuntimeException e) {
            torch.close();
            throw e;
        }
    }

    /** Arrays made in each of the ways that a model's are, used together: they must lie on the same device. */
    private void tryProduct() {
        try (TensorScope scope = scope()) {
            Tensor zeros = zeros(scope, ElementType.FLOAT32, 2, 2);
            Tensor ones = scope.floats(new float[] {1, 1, 1, 1}, 2, 2);
            tensors.tensor(scope, "product", zeros, ones).toFloats();
        }
    }

    static Torch on(Device device) {
        prepareEngine();
        return new Torch(new TensorScope((PtNDManager) NDManager.newBaseManager(device, "PyTorch")));
    }

    /** The functions of a source, compiled when they are first asked for. */
    public ScriptModule module(ScriptSource source) {
        return compiled.computeIfAbsent(source, each -> compile(root, each, Map.of()));
    }

    /**
     * Compiles a source whose functions read attributes.
     *
     * @param owner frees the module
     * @param attributes a value for each attribute that the functions read: {@code Integer}, {@code Double}, {@code
     *     Boolean} or {@code String}
     */
    public ScriptModule compile(TensorScope owner, ScriptSource source, Map<String, Object> attributes) {
        return ScriptModule.load(owner, source, attributes);
    }

    /** The scope that lives as long as this object. */
    public TensorScope root() {
        return root;
    }

    /** A new scope for the caller to close. */
    public TensorScope scope() {
        return root.child();
    }

    /** Sets the number of threads one operation may use, for the whole process. */
    public static void setThreads(int threads) {
        loadEngine();
        JniUtils.setNumThreads(threads);
    }

    /** The number of threads one operation may use. */
    public static int threads() {
        loadEngine();
        return JniUtils.getNumThreads();
    }

    /**
     * Ends the threads that wait to share the calling thread's next operation, which starts new ones. To be called by a thread
     * that has computed and now leaves it to another: together they are more than there are cores, and each is slower.
     */
    public static void endWaitingThreads() {
        loadEngine();
        WaitingThreads.end();
    }

    private static void loadEngine() {
        prepareEngine();
        Engine.getEngine("PyTorch");
    }

    /** What must stand before libtorch is loaded or computes anything. */
    private static void prepareEngine() {
        EngineDefaults.apply();
        NativeSettings.apply();
    }

    /** Whether bfloat16 products run in hardware; where that can't be found out, the processor is taken to be without. */
    public boolean multipliesBfloat16() {
        return root.manager().getDevice().isGpu() || new CpuFeatures().multipliesBfloat16();
    }

    /** Whether it computes on the processor, not on a GPU. */
    public boolean isProcessor() {
        return Device.cpu().equals(root.manager().getDevice());
    }

    /** Whether products of 8-bit integers run in hardware, here and by libtorch's means. */
    public boolean multipliesInt8() {
        return !root.manager().getDevice().isGpu() && new CpuFeatures().multipliesInt8();
    }

    /** The element type of a tensor. */
    public ElementType type(Tensor tensor) {
        return ElementType.ofTorchCode(tensors.integer("dtype", tensor));
    }

    /** Bytes that a tensor's elements take. */
    public long bytes(Tensor tensor) {
        return tensors.integer("bytes", tensor);
    }

    /** The tensor in another element type: a copy owned by {@code scope}, or another handle to the same memory. */
    public Tensor cast(TensorScope scope, Tensor tensor, ElementType type) {
        return tensors.tensor(scope, "cast", tensor, type.torchCode());
    }

    /** A copy with memory of its own. */
    public Tensor copy(TensorScope scope, Tensor tensor) {
        return tensors.tensor(scope, "copy", tensor);
    }

    /** A tensor of zeros. */
    public Tensor zeros(TensorScope scope, ElementType type, long... shape) {
        return tensors.tensor(scope, "zeros", shape, type.torchCode());
    }

    /** A tensor whose elements are whatever the memory holds; none is touched, so the system gives memory as it is written. */
    public Tensor empty(TensorScope scope, ElementType type, long... shape) {
        return tensors.tensor(scope, "empty", shape, type.torchCode());
    }

    /** Marks a tensor as one that gradients are taken for. */
    public Tensor requireGradient(TensorScope scope, Tensor tensor) {
        return tensors.tensor(scope, "require_gradient", tensor);
    }

    /** Overwrites {@code target}'s elements with {@code source}'s, converting them to the target's type. */
    public void assign(Tensor target, Tensor source) {
        try (TensorScope scope = scope()) {
            tensors.tensor(scope, "assign", target, source);
        }
    }

    /** Rows of a matrix in the order of {@code index}: [rows, width], [n] → [n, width]. */
    public Tensor selectRows(TensorScope scope, Tensor matrix, Tensor index) {
        return tensors.tensor(scope, "select_rows", matrix, index);
    }

    /** Elements {@code [start, end)} of the outermost axis; a view. */
    public Tensor slice(TensorScope scope, Tensor tensor, long start, long end) {
        return tensors.tensor(scope, "slice", tensor, start, end);
    }

    /** Overwrites rows of {@code target} [count, width]: those at {@code index} [n] become {@code rows} [n, width]. */
    public void putRows(Tensor target, Tensor index, Tensor rows) {
        try (TensorScope scope = scope()) {
            tensors.tensor(scope, "put_rows", target, index, rows);
        }
    }

    /** Index of the largest element of each row, the first one of several: [rows, width] → int64 [rows]. */
    public Tensor argmax(TensorScope scope, Tensor matrix) {
        return tensors.tensor(scope, "argmax", matrix);
    }

    /**
     * What makes probabilities of scores [rows, width]: fp32 [2, rows], the natural logarithm of the largest one's probability, and
     * that of the sum of all e^score.
     */
    public Tensor logSums(TensorScope scope, Tensor scores) {
        return tensors.tensor(scope, "log_sums", scores);
    }

    /** In each of some tensors copies what lies at {@code from} of the second axis [n] to {@code to} [n]. */
    public void copyWithin(List<Tensor> targets, long[] from, long[] to) {
        try (TensorScope scope = scope()) {
            tensors.tensor(scope, "copy_within", targets, scope.longs(from, from.length), scope.longs(to, to.length));
        }
    }

    /**
     * Whether no element is NaN or infinite. Takes one sum over the elements, which is as fast as memory; only if that isn't
     * finite they are looked at one by one.
     */
    public boolean isFinite(Tensor tensor) {
        try (TensorScope scope = scope()) {
            return Float.isFinite(tensors.tensor(scope, "sum", tensor).toFloats()[0])
                    || tensors.tensor(scope, "count_not_finite", tensor).toFloats()[0] == 0;
        }
    }

    /** Elements {@code [start, end)} in row-major order, as little-endian bytes. */
    public byte[] rawBytes(Tensor tensor, long start, long end) {
        try (TensorScope scope = scope()) {
            return tensors.tensor(scope, "raw_bytes", tensor, start, end).toBytes();
        }
    }

    /** Maps a file's first {@code count} elements into memory, copy-on-write; nothing is read yet. */
    public Tensor mapFile(TensorScope scope, Path file, long count, ElementType type) {
        return tensors.tensor(scope, "map_file", file.toString(), count, type.torchCode());
    }

    /** A part of a mapped file, shaped, without a copy. */
    public Tensor viewMapped(TensorScope scope, Tensor file, long start, long count, long... shape) {
        return tensors.tensor(scope, "view_mapped", file, start, count, shape);
    }

    /** A copy of some bytes of a file that was mapped as UINT8, read as elements of {@code type}. */
    public Tensor copyMapped(TensorScope scope, Tensor file, long start, long bytes, ElementType type, long... shape) {
        return tensors.tensor(scope, "copy_mapped", file, start, bytes, type.torchCode(), shape);
    }

    /** Adds {@code other} to {@code target}, in place. */
    public void addInPlace(Tensor target, Tensor other) {
        try (TensorScope scope = scope()) {
            tensors.tensor(scope, "add_in_place", target, other);
        }
    }

    /** Gradients of {@code sum(output · outputGradient)} for each input; the output's graph is freed. */
    public List<Tensor> gradients(TensorScope scope, Tensor output, List<Tensor> inputs, Tensor outputGradient) {
        return tensors.tensors(scope, "gradients", output, inputs, outputGradient);
    }

    @Override
    public void close() {
        root.close();
    }
}
