package org.sqltune.model.decoder;

import org.sqltune.model.torch.Tensor;

/**
 * One layer's run with what its gradients need.
 *
 * @param input the layer's input [T, E] as a leaf
 * @param output the layer's output [T, E], attached to the graph
 */
public record LayerGraph(Tensor input, Tensor output) {}
