package org.sqltune.model.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.Arrays;

/**
 * A native array of any element type, bfloat16 included. It belongs to the {@link TensorScope} it was made in and is
 * freed with it, or earlier by {@link #close}.
 */
public final class Tensor implements AutoCloseable {
    private final PtNDArray array;

    Tensor(PtNDArray array) {
        this.array = array;
    }

    PtNDArray array() {
        return array;
    }

    /** Sizes of the axes, outermost first. */
    public long[] shape() {
        return array.getShape().getShape();
    }

    /** Size of one axis. */
    public long size(int axis) {
        return shape()[axis];
    }

    /** Number of elements. */
    public long count() {
        return Arrays.stream(shape()).reduce(1, Math::multiplyExact);
    }

    /**
     * The elements in row-major order.
     *
     * @throws IllegalStateException if they are not 32-bit floats
     */
    public float[] toFloats() {
        require(DataType.FLOAT32);
        return array.toFloatArray();
    }

    /**
     * The elements in row-major order.
     *
     * @throws IllegalStateException if they are not 64-bit integers
     */
    public long[] toLongs() {
        require(DataType.INT64);
        return array.toLongArray();
    }

    /** The elements of an array of bytes. */
    byte[] toBytes() {
        require(DataType.UINT8);
        return array.toByteArray();
    }

    private void require(DataType expected) {
        if (array.getDataType() != expected) {
            throw new IllegalStateException("a tensor of " + expected + " was expected, not " + array.getDataType());
        }
    }

    /** Frees the native memory, unless other tensors view it. Closing twice does nothing. */
    @Override
    public void close() {
        array.close();
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape());
    }
}
