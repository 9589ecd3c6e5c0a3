package org.sqltune.model.weight;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;

/**
 * Memory for the dequantised weights of one layer. Layers take turns, since their linear layers have the same sizes:
 * memory fresh from the system for each of them takes longer than dequantising.
 */
public final class LayerBuffers implements AutoCloseable {
    private final Pool pool;
    private final Map<String, Tensor> byModule = new HashMap<>();

    private LayerBuffers(Pool pool) {
        this.pool = pool;
    }

    /** A decoder's buffers: one layer's, unless several threads compute at once. */
    public static final class Pool {
        private final TensorScope owner;
        private final ElementType type;
        private final ConcurrentLinkedQueue<LayerBuffers> free = new ConcurrentLinkedQueue<>();

        /**
         * @param owner owns the memory
         * @param type element type of the dequantised weights
         */
        public Pool(TensorScope owner, ElementType type) {
            this.owner = owner;
            this.type = type;
        }

        /** Buffers for one layer's call; closing gives them back. */
        public LayerBuffers borrow() {
            LayerBuffers found = free.poll();
            return found == null ? new LayerBuffers(this) : found;
        }
    }

    /**
     * Dequantises a weight. The result is overwritten by the next layer's; autograd refuses a graph whose weights were.
     *
     * @param moduleName which of the layer's linear layers it belongs to
     */
    Tensor dequantize(String moduleName, QuantizedWeight weight) {
        Tensor target = byModule.computeIfAbsent(moduleName, name -> weight.allocate(pool.owner, pool.type));
        weight.dequantizeInto(target);
        return target;
    }

    @Override
    public void close() {
        pool.free.add(this);
    }
}
