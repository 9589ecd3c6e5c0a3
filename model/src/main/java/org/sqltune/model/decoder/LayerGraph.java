package org.sqltune.model.decoder;

import org.sqltune.model.torch.Tensor;

/**
 * A run of a layer, or of the final norm, with what its gradients need.
 *
 * @param input its input [T, E] as a leaf
 * @param output its output [T, E], attached to the graph; of the last layer [W, E]
 */
public record LayerGraph(Tensor input, Tensor output) {}
