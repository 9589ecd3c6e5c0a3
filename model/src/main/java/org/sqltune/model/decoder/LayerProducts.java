package org.sqltune.model.decoder;

import java.util.List;
import org.sqltune.model.torch.Tensor;

/**
 * A run of a layer with what its linear maps gave, from which its gradients follow without computing them again.
 *
 * @param input its input [T, E]
 * @param output its output [T, E], of the last layer [W, E]
 * @param products results of the maps in their order; of those whose result nothing but a sum reads, none
 */
public record LayerProducts(Tensor input, Tensor output, List<Tensor> products) {
    public LayerProducts {
        products = List.copyOf(products);
    }
}
